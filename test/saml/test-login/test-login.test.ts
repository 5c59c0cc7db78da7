import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { type TestLogin, TestLogins } from '../../../modules/saml/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { identity } from '../idp/identity.ts';
import { openSignInHost, type SignInHost } from '../login/sign-in-host.ts';

onBothEngines('A test login', (engine) => {
  let room: SignInHost;
  let tests: TestLogins;
  before(async () => {
    room = await openSignInHost(engine);
    tests = room.host.resolve(TestLogins);
  });
  after(() => room.close());
  const anna = 41;

  async function begin(): Promise<{ path: string; ticket: string }> {
    const connection = await room.host.resolve(Connections).byCode(room.database, 'default');
    const path = await tests.begin(room.database, connection, anna, room.now());
    return { path, ticket: path.split('test=')[1] ?? '' };
  }
  const result = (ticket: string, who = anna): Promise<TestLogin | undefined> =>
    tests.result(room.database, ticket, who, room.now());
  const sessions = async () => (await room.rows(sql`SELECT 1 AS n FROM {vestibule_saml_session}`)).length;

  it('shows the assertion and what its claims come to, and signs nobody in', async () => {
    const { path, ticket } = await begin();
    expect(path).to.equal(`/saml/default/login?test=${ticket}`);
    expect(await result(ticket)).to.include({ state: 'waiting' });
    const browser = room.visitor();
    const id = await room.begin(browser, `?test=${ticket}`);
    const claims = [
      { name: 'firstName', values: ['Ada'] },
      { name: 'shoeSize', values: ['39'] },
    ];
    const forged = { inResponseTo: id, assertion: { nameId: 'unknown@example.com', attributes: claims } };
    const page = await room.answer(browser, forged, id);
    expect([page.status, page.location]).to.deep.equal([303, `/admin/connections/default/saml/test/${ticket}`]);
    const shown = await result(ticket);
    if (shown?.state !== 'verified') throw new Error(JSON.stringify(shown));
    expect(shown.assertion).to.deep.include({
      issuer: 'http://idp.test/entity',
      attributes: [
        ['firstName', ['Ada']],
        ['shoeSize', ['39']],
      ],
      signedBy: identity('idp').trusted.fingerprint,
    });
    expect(shown.assertion.notOnOrAfter).to.be.instanceOf(Date);
    expect(shown.assertion.xml).to.contain('unknown@example.com');
    expect(shown.mapped?.identifier).to.equal('unknown@example.com');
    expect(JSON.stringify(shown.mapped?.document)).to.contain('"givenName":"Ada"');
    expect(shown.mapped?.unmapped).to.deep.equal(['shoeSize']);
    expect(browser.cookies.has('vestibule_saml')).to.equal(false);
    expect(await sessions()).to.equal(0);
    expect(await room.rows(sql`SELECT 1 AS n FROM {customer_entity}`)).to.deep.equal([]);
    const [row] = await room.rows<{ result: string }>(sql`SELECT result FROM {vestibule_saml_test}`);
    expect(row?.result).not.to.contain('unknown');
    expect((await room.records())[0]).to.include({ operation: 'sign-in.test', outcome: 'unchanged' });
  });

  it('shows which point refused the answer, to the administrator alone', async () => {
    const { ticket } = await begin();
    const browser = room.visitor();
    const id = await room.begin(browser, `?test=${ticket}`);
    const page = await room.answer(browser, { inResponseTo: id, by: identity('stranger') }, id);
    expect(page.location).to.equal(`/admin/connections/default/saml/test/${ticket}`);
    expect(page.text).not.to.contain('signature');
    expect(await result(ticket)).to.include({ state: 'refused', code: 'SAML_SIGNATURE' });
    expect(await result(ticket, anna + 1), 'to somebody else').to.equal(undefined);
  });

  it('begins once, within ten minutes and for its own connection', async () => {
    await room.connect('second');
    await room.open('second');
    const expectOver = async (path: string) => expect((await room.visitor().get(path)).status).to.equal(403);
    const { path, ticket } = await begin();
    await expectOver(path.replace('default', 'second'));
    await expectOver('/saml/default/login?test=short');
    await room.begin(room.visitor(), `?test=${ticket}`);
    await expectOver(path);
    const late = await begin();
    room.advance(600);
    await expectOver(late.path);
    expect(await result(late.ticket)).to.equal(undefined);
    expect(await result(ticket)).to.equal(undefined);
    await begin();
    expect(await room.rows(sql`SELECT 1 AS n FROM {vestibule_saml_test}`)).to.have.length(1);
  });
});
