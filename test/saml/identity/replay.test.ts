import { expect } from 'chai';
import { raw } from '../../../modules/framework/index.ts';
import { ReplayError, Replays, type SignInPreview } from '../../../modules/provisioning/index.ts';
import saml from '../../../modules/saml/module.ts';
import type { SamlSettings } from '../../../modules/saml/provider/provider.ts';
import { holdProvider, writeProvider } from '../../../modules/saml/provider/rows.ts';
import { type Connected, connected } from '../../provisioning/policy/connected.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type People, peopleOf } from './people.ts';

/** Everything that a sign-in could have changed. */
const tables = [
  ...['user', 'user_document', 'user_email', 'group', 'group_member', 'saml_identity', 'sign_in_membership'],
  ...['match_request', 'guard_event', 'guard_held', 'activity_pending'],
].map((name) => `vestibule_${name}`);

onBothEngines('The record of a sign-in', (engine) => {
  let host: AdministeredHost;
  let shop: Connected;
  let people: People;
  let name: string;
  before(async () => {
    host = await openAdministeredHost(engine, [saml]);
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    people = peopleOf(host, shop.code);
    name = `ann.${shop.code}@example.com`;
    await set({ on: true });
  });

  async function set({ on = true, ...settings }: Partial<SamlSettings> & { on?: boolean }): Promise<void> {
    const { id } = await shop.connection();
    await host.database.transaction(async (tx) => {
      const held = await holdProvider(tx, id);
      const usual = { ...held.settings, createAtLogin: true, updateAtLogin: true };
      writeProvider(tx, id, { ...held, on, settings: { ...usual, ...settings } });
    });
  }
  const claims = (more: Record<string, string | string[]> = {}) => ({
    firstName: 'Ann',
    lastName: 'Smith',
    email: name,
    ...more,
  });
  const record = async (): Promise<number> => {
    const { id: of } = await shop.connection();
    const found = (await host.records()).find(
      ({ connectionId, operation }) => connectionId === of && operation === 'sign-in',
    );
    return found?.id ?? 0;
  };
  async function stored(): Promise<unknown> {
    const rows: Record<string, unknown> = {};
    for (const table of [...tables, 'customer_entity', 'customer_entity_varchar'])
      rows[table] = await host.rows(raw(`SELECT * FROM {${table}} ORDER BY 1`));
    return rows;
  }
  /** A dry replay that leaves nothing. */
  async function tried(id: number): Promise<SignInPreview> {
    const before = await stored();
    const { resource, preview } = await host.host.resolve(Replays).dry(id);
    expect(await stored()).to.deep.equal(before);
    expect(resource).to.equal('sign-in');
    return preview as SignInPreview;
  }
  const refusal = async (work: Promise<unknown>): Promise<ReplayError> => {
    const error = await work.catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ReplayError);
    return error as ReplayError;
  };

  it('says what the same sign-in would do today, and signs nobody in', async () => {
    const { userId } = await people.signIn({ nameId: name, attributes: claims({ title: 'Buyer' }) });
    const first = await record();
    expect(await tried(first)).to.deep.include({ identifier: name, status: 200, outcome: 'unchanged', difference: [] });
    await people.signIn({ nameId: name, attributes: claims({ title: 'Boss' }) });
    const again = await tried(first);
    expect(again).to.deep.include({
      outcome: 'updated',
      difference: [{ target: 'job_title', before: 'Boss', after: 'Buyer' }],
    });
    expect(again.present).to.include({ id: Number(userId), job_title: 'Boss' });
    expect(again.trace.map(({ step }) => step)).to.include.members(['match', 'map', 'answer']);
    await shop.scim.delete(userId);
    const gone = await tried(first);
    expect(gone).to.deep.include({ status: 403, difference: [] }).and.not.to.have.property('outcome');
    expect(gone.issues[0]).to.include({ severity: 'error', code: 'deleted' });
    expect(gone.issues[0]?.cure).to.match(/SCIM creates the user once more/);
  });

  it('says of somebody who would come anew what customer would come of it, and in which groups', async () => {
    await shop.set({}, { groups: 'create' });
    await set({ createAtLogin: false, groupsAttribute: 'groups' });
    const said = { nameId: name, attributes: claims({ groups: [`Staff ${shop.code}`] }) };
    await people.refused(said, { createAtLogin: false, groupsAttribute: 'groups' });
    const first = await record();
    const refused = await tried(first);
    expect(refused.issues[0]).to.include({ severity: 'error', code: 'not-provisioned' });
    await set({ groupsAttribute: 'groups' });
    const made = await tried(first);
    expect(made).to.include({ outcome: 'created', present: null });
    expect(made.difference).to.deep.include({ target: 'firstname', before: null, after: 'Ann' });
    expect(made.issues.map(({ message }) => message)).to.include(`The group "Staff ${shop.code}" was made.`);
  });

  it('has a page that shows it, and offers no more than to try it', async () => {
    const { customerId } = await people.signIn({ nameId: name, attributes: claims({ title: 'Buyer' }) });
    const page = `/admin/reports/provisioning/${await record()}`;
    const browser = await host.enter();
    const { text } = await browser.get(page);
    expect(text).to.include('Dry Replay').and.not.include('Live Replay');
    const tried = await browser.get(`${page}/replay`);
    expect(tried.text)
      .to.include('Nobody was signed in')
      .and.include('yes, and nothing would change')
      .and.include(`${customerId}`)
      .and.not.include('Live Replay');
    expect((await browser.get(`${page}/replay/live`)).status).to.equal(404);
  });

  it('is never carried out: that is the person’s own', async () => {
    await people.signIn({ nameId: name, attributes: claims() });
    const before = await stored();
    const error = await refusal(host.host.resolve(Replays).live(await record(), 'anna'));
    expect(error.code).to.equal('LIVE_IMPOSSIBLE');
    expect(error.message).to.match(/let the person sign in again/);
    expect(await stored()).to.deep.equal(before);
  });

  it('can’t be tried where SAML is off', async () => {
    await people.signIn({ nameId: name, attributes: claims() });
    await set({ on: false });
    const error = await refusal(host.host.resolve(Replays).dry(await record()));
    expect(error.code).to.equal('PREVIEW_IMPOSSIBLE');
    expect(error.message).to.match(/SAML is off for the connection/);
  });
});
