import { expect } from 'chai';
import { MappingVersions, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { type ConnectionPolicy, Connections, type Profile } from '../../../modules/connection/index.ts';
import { raw } from '../../../modules/framework/index.ts';
import {
  MappingPreview,
  type Preview,
  type PreviewQuestion,
  ReceivedPayloads,
  Trials,
} from '../../../modules/provisioning/index.ts';
import { userSchema } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { ScimClient } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';

const ada = {
  schemas: [userSchema.id],
  userName: 'ada',
  externalId: 'e1',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [{ value: 'ada@example.com', type: 'work' }],
};

const way = ['receive', 'authenticate', 'normalise', 'match', 'map', 'validate', 'write', 'answer'];

onBothEngines('What a preview tells', (engine) => {
  let host: ScimHost;
  let scim: ScimClient;
  let code: string;
  let made = 0;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(() => connect());

  async function connect(profile: Profile = 'generic'): Promise<void> {
    code = `c${++made}`;
    scim = await host.connect(code, { profile });
  }
  const connection = () => host.host.resolve(Connections).byCode(host.database, code);
  const preview = async (body: unknown, more: Partial<PreviewQuestion> = {}): Promise<Preview> =>
    host.host.resolve(MappingPreview).preview({ connection: await connection(), body, ...more });
  const own = (user: Record<string, unknown> = {}) => ({
    ...ada,
    userName: code,
    externalId: code,
    emails: [{ value: `${code}@example.com`, type: 'work' }],
    ...user,
  });
  const set = (policy: Partial<ConnectionPolicy>) =>
    host.database.transaction((tx) => host.host.resolve(Connections).change(tx, code, { policy }));
  const steps = ({ trace }: Preview, outcome: string) =>
    trace.flatMap((step) => (step.outcome === outcome ? [step.step] : []));

  it('is a creation for somebody new, and a change for whom it knows by externalId or userName', async () => {
    expect((await preview(own())).request).to.deep.equal({ method: 'POST', path: '/Users' });
    const id = await scim.create(own());
    const path = `/Users/${id}`;
    expect((await preview(own({ userName: 'renamed' }))).request).to.deep.equal({ method: 'PUT', path });
    expect((await preview(own({ externalId: undefined }))).request).to.deep.equal({ method: 'PUT', path });
    const patch = { Operations: [{ op: 'replace', path: 'title', value: 'Boss' }] };
    expect((await preview(patch, { id })).request).to.deep.equal({ method: 'PATCH', path });
    expect((await preview(own(), { method: 'POST' })).status).to.equal(409);
  });

  it('has the mapped values, the row as it is, and what differs', async () => {
    const id = await scim.create(own({ title: 'Clerk' }));
    const told = await preview(own({ title: 'Boss', addresses: [{ locality: 'Town', region: 'CA', country: 'US' }] }));
    expect(told.customer).to.include({ firstname: 'Ada', job_title: 'Boss', email: `${code}@example.com` });
    expect(told.address).to.include({ city: 'Town', region: 'California', region_id: 12, country_id: 'US' });
    expect(told.present).to.include({ id: Number(id), job_title: 'Clerk', address: null });
    expect(told.difference).to.deep.include({ target: 'job_title', before: 'Clerk', after: 'Boss' });
    expect(told.difference).to.deep.include({ target: 'address.city', before: null, after: 'Town' });
    expect(told.groups).to.deep.equal([{ kind: 'customer', id: '1', name: 'General' }]);
    expect(told.writes.map(({ table }) => table)).to.include.members([
      'customer_address_entity',
      'vestibule_user_document',
    ]);
  });

  it('tells of an address that goes in one line', async () => {
    await scim.create(own({ addresses: [{ streetAddress: '1 Main', locality: 'Town', region: 'CA', country: 'US' }] }));
    const { difference } = await preview(own());
    expect(difference).to.deep.equal([{ target: 'address', before: '1 Main, Town, California, US', after: null }]);
  });

  it('names the step at which a request is refused', async () => {
    const id = await scim.create(own());
    expect(steps(await preview({ ...own(), active: 'perhaps' }, { method: 'POST' }), 'failed')).to.deep.equal([
      'normalise',
    ]);
    expect(steps(await preview(own({ name: { givenName: 'x'.repeat(300) } })), 'failed')).to.deep.equal(['map']);
    expect(steps(await preview(own(), { method: 'POST' }), 'failed')).to.deep.equal(['match']);
    expect(steps(await preview(own(), { id: '4000000' }), 'failed')).to.deep.equal(['match']);
    await set({ missingEmail: 'refuse' });
    const nobody = own({ userName: 'nobody', externalId: 'nobody', emails: [] });
    expect(steps(await preview(nobody), 'failed')).to.deep.equal(['validate']);
    await set({ scim: false });
    expect(steps(await preview(own(), { id }), 'failed')).to.deep.equal(['authenticate']);
    await set({ scim: true, update: false, deactivate: false });
    const told = await preview(own({ title: 'Boss' }), { id });
    expect(told).to.include({ status: 403 });
    expect(told.issues[0]?.message).to.contain('--update on');
    await set({ update: true });
    const fine = await preview(own({ title: 'Boss' }), { id });
    expect(steps(fine, 'done')).to.deep.equal(way);
    expect(fine.trace.find(({ step }) => step === 'map')?.milliseconds).to.be.above(0);
  });

  it('tells the same eight steps of every request, and which of them it does not need, or never reached', async () => {
    await set({ requestsPerSecond: 7 });
    const id = await scim.create(own());
    const told = [
      await preview(own({ userName: 'another', externalId: 'another', emails: [] })),
      await preview(own(), { id }),
      await preview(own(), { method: 'POST' }),
      await preview(own({ active: 'perhaps' }), { id }),
      await preview({}, { id, method: 'DELETE' }),
      await preview({ Operations: [{ op: 'replace', path: 'title', value: 'x'.repeat(9_999) }] }, { id }),
    ];
    for (const { trace } of told) expect(trace.map(({ step }) => step)).to.deep.equal(way);
    const [made, same, taken, misread, removed, tooLong] = told.map(
      ({ status, trace }) => `${status} ${trace.map(({ outcome }) => outcome).join(', ')}`,
    );
    expect(made).to.equal('201 done, done, done, done, done, done, done, done');
    expect(same).to.equal('200 done, done, done, done, done, not needed, not needed, done');
    // Whom a new user meets shows when its mapped values are written.
    expect(taken).to.equal('409 done, done, done, failed, done, not reached, not reached, done');
    expect(misread).to.equal('400 done, done, failed, not reached, not reached, not reached, not reached, done');
    expect(removed).to.equal('204 done, done, not needed, done, not needed, not needed, done, done');
    expect(tooLong).to.equal('400 done, done, done, done, failed, not reached, not reached, done');
    const [received, authenticated] = told[0]?.trace ?? [];
    expect(received?.note).to.equal('POST /Users');
    expect(authenticated?.note).to.contain(`"${code}"`).and.contain('at most 7 requests a second');
  });

  it("says in the provider's own words where a missing attribute is added", async () => {
    for (const [profile, words] of [
      ['okta', /Profile Editor/],
      ['entra', /Add New Mapping/],
      ['miniorange', /User Profile Field/],
    ] as const) {
      await connect(profile);
      const told = await preview({ schemas: [userSchema.id], userName: code });
      const missing = told.issues.filter((issue) => issue.code === 'required-missing');
      expect(missing.map(({ message }) => message).join()).to.match(/First name.*E-mail address/s);
      for (const { cure } of missing) expect(cure).to.match(words);
    }
  });

  it('warns of what is left out or made up, and notes what was understood beside the standard', async () => {
    const told = await preview({
      ...own(),
      favouriteColour: 'red',
      active: 'True',
      name: undefined,
      displayName: 'Ada L',
    });
    const codes = told.issues.map(({ severity, code: word }) => `${severity} ${word}`);
    expect(codes).to.include.members([
      'warning attribute-ignored',
      'warning required-missing',
      'warning name-missing',
      'note string-boolean',
    ]);
    for (const { message, cure } of told.issues) {
      expect(message).to.match(/\w.*\.$/s);
      expect(cure).to.match(/\w.*\.$/s);
    }
  });

  it('tells that an administrator would be asked, and asks nobody', async () => {
    await host.database.transaction((tx) =>
      host.host.resolve(Connections).change(tx, code, { match: 'ask', policy: { verifiedDomains: ['example.com'] } }),
    );
    const id = String(await host.shopper(`shopper-${code}@example.com`));
    const takeover = { Operations: [{ op: 'replace', path: 'title', value: 'Boss' }] };
    const told = await preview(takeover, { id });
    expect(told.status).to.equal(403);
    expect(told.issues[0]?.message).to.match(/would be asked of an administrator.*match:list --connection c\d+\)\.$/);
    expect(await host.rows(raw('SELECT request_id FROM {vestibule_match_request}'))).to.deep.equal([]);
    host.advance(5);
    const { status, json } = await scim.patch(id, takeover.Operations[0] ?? {});
    expect(status).to.equal(403);
    const [, asked] = /match:approve (\d+) /.exec(String(json.detail)) ?? [];
    expect((await preview(takeover, { id })).issues[0]?.message).to.contain(`match:approve ${asked} `);
  });

  it('never shows a password, whatever becomes of it', async () => {
    for (const passwords of [false, true]) {
      await set({ passwords });
      host.advance(5);
      const told = JSON.stringify(await preview(own({ password: 'Canary-8-Canary' })));
      expect(told).not.to.contain('Canary-8');
      expect(told).not.to.match(/password_hash":"/);
    }
  });

  it('tries a draft, another version, or the preset, in place of what is in effect', async () => {
    const versions = host.host.resolve(MappingVersions);
    const trials = host.host.resolve(Trials);
    const generic = presetFor('generic');
    const suffix = { id: 'nick', type: 'direct', source: 'nickName', target: 'suffix' } as const;
    const rows = [...generic.rows.filter(({ target }) => target !== 'suffix'), suffix];
    const mine = await connection();
    await host.database.transaction((tx) =>
      versions.saveDraft(tx, mine, { version: 1, rows }, { revision: 0, author: 'anna' }, host.now()),
    );
    const user = own({ nickName: 'Addie' });
    expect((await preview(user)).customer).to.include({ suffix: null });
    const draft = await trials.mapping(mine, 'draft');
    const tried = await preview(user, { mapping: draft, which: 'draft' });
    expect(tried).to.nested.include({ tried: 'draft', 'customer.suffix': 'Addie' });
    expect(tried.trace.find(({ step }) => step === 'map')?.note).to.contain('the draft');
    await host.database.transaction((tx) => versions.publishDraft(tx, mine, { author: 'anna' }, host.now()));
    expect(await preview(user)).to.deep.include({ version: 1 });
    const preset = await trials.mapping(mine, 'preset');
    expect(await preview(user, { mapping: preset })).to.nested.include({ version: 0, 'customer.suffix': null });
  });

  it('can be had of what was really received, and the lights of required attributes come from the last user', async () => {
    const trials = host.host.resolve(Trials);
    const payloads = host.host.resolve(ReceivedPayloads);
    expect((await trials.lights(await connection())).states[0]).to.include({ state: 'never-seen' });
    const id = await scim.create(own({ password: 'Canary-8-Canary' }));
    await scim.patch(id, { op: 'replace', path: 'title', value: 'Boss' });
    await scim.get(`/Users/${id}`);
    await host.records();
    const received = await payloads.recent(await connection());
    expect(received.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
      `PATCH /Users/${id}`,
      'POST /Users',
    ]);
    expect(received[1]).to.deep.include({ left: ['password'], cut: false, status: 201 });
    expect(JSON.stringify(received)).not.to.contain('Canary-8');
    expect(received[1]?.body).to.include({ userName: code }).and.not.to.have.property('password');
    const { from, states } = await trials.lights(await connection());
    expect(from).to.include({ record: received[1]?.record });
    const light = (name: string) => states.find(({ requirement }) => requirement.name === name)?.state;
    expect([light('userName'), light('name.givenName'), light('displayName')]).to.deep.equal([
      'present',
      'present',
      'missing',
    ]);
  });
});
