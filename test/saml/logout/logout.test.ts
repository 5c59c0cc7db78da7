import { createVerify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { CustomerTokens, Sessions } from '../../../modules/customer/index.ts';
import { cutOffSessions, endSessions } from '../../../modules/customer/session.ts';
import { sql } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { identity } from '../idp/identity.ts';
import { forgeLogoutField, forgeLogoutQuery, type LogoutForgery } from '../idp/logout.ts';
import { openSignInHost, type SignInHost, storefront } from '../login/sign-in-host.ts';

onBothEngines('Logging out', (engine) => {
  let room: SignInHost;
  let made = 0;
  let storeIsAway = false;
  before(async () => {
    const cutOff: Sessions['cutOff'] = (...given) => {
      if (storeIsAway) throw new Error('the store is away');
      cutOffSessions(...given);
    };
    room = await openSignInHost(engine, { override: [[Sessions, { end: endSessions, cutOff }]] });
  });
  after(() => room.close());

  /** Somebody new who is signed in here and, with a token, at the storefront. */
  async function person(sessionIndex = '_session'): Promise<{ id: number; nameId: string; browser: BrowserVisitor }> {
    const nameId = `leaver${++made}@example.com`;
    const id = await room.provision(nameId);
    await room.database.transaction((tx) => room.host.resolve(CustomerTokens).issue(tx, id, room.now()));
    const browser = room.visitor();
    await room.signIn(browser, { assertion: { nameId, attributes: [], sessionIndex } });
    return { id, nameId, browser };
  }
  const signedIn = async (browser: BrowserVisitor) => (await browser.get('/saml/default/account')).status === 200;
  /** What the store still lets the customer in with. */
  async function inStore(id: number): Promise<{ tokens: number; cutOff: string | null }> {
    const tokens = await room.rows(sql`SELECT 1 AS n FROM {oauth_token} WHERE customer_id = ${id}`);
    const row = await room.customer(id);
    return { tokens: tokens.length, cutOff: row.session_cutoff as string | null };
  }
  const out = { tokens: 0, cutOff: '2024-05-06 12:00:00' };
  const records = async (id: number) =>
    (await room.records()).filter(({ operation, customerId }) => operation === 'sign-out' && customerId === id);
  const messageIn = (address: string | null, name: string): string => {
    const message = new URL(address ?? '').searchParams.get(name) ?? '';
    return inflateRawSync(Buffer.from(message, 'base64')).toString('utf8');
  };
  const sent = { 'sec-fetch-site': 'same-origin' };
  const leave = (browser: BrowserVisitor, fields = {}) => browser.post('/saml/default/logout', fields, sent);
  const forged = async (more: Partial<LogoutForgery>): Promise<LogoutForgery> => ({
    provider: await room.provider(),
    now: room.now(),
    ...more,
  });

  it('ends everything here at once and asks the identity provider with a signed message', async () => {
    const { id, nameId, browser } = await person();
    const { status, location } = await leave(browser);
    expect(status).to.equal(303);
    expect(location).to.match(/^http:\/\/idp\.test\/slo\?SAMLRequest=/);
    expect(await inStore(id)).to.deep.equal(out);
    expect(browser.cookies.has('vestibule_saml')).to.equal(false);
    const xml = messageIn(location, 'SAMLRequest');
    expect(xml).to.contain(`>${nameId}</saml:NameID>`).and.contain('<samlp:SessionIndex>_session</samlp:SessionIndex>');
    expect(xml).to.contain('Destination="http://idp.test/slo"');
    const query = new URL(location ?? '').search.slice(1);
    const [text = '', signature = ''] = query.split('&Signature=');
    const { keys } = await room.provider();
    const verified = createVerify('sha256')
      .update(text)
      .verify(keys.signing?.certificate ?? '', decodeURIComponent(signature), 'base64');
    expect(verified, 'signature').to.equal(true);
    const [record] = await records(id);
    expect(record?.notes).to.deep.equal(['The identity provider was asked to log out, too.']);
  });

  it('is complete when the identity provider says so, and goes where the person wanted', async () => {
    for (const binding of ['redirect', 'post'] as const)
      for (const [fields, location] of [
        [{}, null],
        [{ return_to: `${storefront}bye` }, `${storefront}bye`],
        [{ return_to: 'https://evil.example/' }, null],
      ] as const) {
        const { browser } = await person();
        const asked = await leave(browser, fields);
        const inResponseTo = new URL(asked.location ?? '').searchParams.get('RelayState') ?? '';
        const answer = await forged({ kind: 'LogoutResponse', inResponseTo });
        const page =
          binding === 'redirect'
            ? await browser.get(`/saml/default/logout?${forgeLogoutQuery(answer)}`)
            : await browser.post('/saml/default/logout', { SAMLResponse: forgeLogoutField(answer) });
        expect(page.location, binding).to.equal(location);
        if (location === null) expect(page.text).to.contain('logged out here and at your identity provider');
      }
  });

  it('takes an answer that is not signed as the end of this logout, for nobody else and for nothing else', async () => {
    const { browser } = await person();
    const begin = async (return_to: string) => {
      await room.signIn(browser);
      return new URL((await leave(browser, { return_to })).location ?? '').searchParams.get('RelayState') ?? '';
    };
    const unsigned = async (inResponseTo: string, changes: Partial<LogoutForgery> = {}) =>
      forgeLogoutQuery(await forged({ kind: 'LogoutResponse', inResponseTo, destination: null, ...changes })).replace(
        /&SigAlg.*/,
        '',
      );
    const bring = async (who: BrowserVisitor, query: string) => who.get(`/saml/default/logout?${query}`);

    const away = await begin(`${storefront}bye`);
    const other = room.visitor();
    await room.begin(other);
    const stranger = await bring(other, await unsigned(away));
    expect(stranger.location).to.equal(null);
    expect(stranger.text).to.contain('You may still be logged in');
    expect((await bring(browser, await unsigned(away))).location).to.equal(`${storefront}bye`);
    const [record] = (await room.records()).filter(({ operation }) => operation === 'sign-out.answer');
    expect(record?.notes?.join()).to.contain('was not signed');
    expect((await bring(browser, await unsigned(away))).location, 'once').to.equal(null);

    const page = await bring(browser, await unsigned(await begin('')));
    expect(page.text).to.contain('says that it has logged you out').and.not.contain('here and at');
    const failed = await bring(browser, await unsigned(await begin(storefront), { status: 'Responder' }));
    expect([failed.location, failed.text.includes('could not log you out everywhere')]).to.deep.equal([null, true]);

    const bystander = await person();
    const request = forgeLogoutQuery(await forged({ nameId: bystander.nameId })).replace(/&SigAlg.*/, '');
    expect((await bring(room.visitor(), request)).status).to.equal(403);
    expect(await signedIn(bystander.browser)).to.equal(true);
  });

  it('tells honestly when the identity provider could do a part only, or has not answered', async () => {
    const { browser } = await person();
    const asked = await leave(browser, { return_to: storefront });
    const inResponseTo = new URL(asked.location ?? '').searchParams.get('RelayState') ?? '';
    const failed = await forged({ kind: 'LogoutResponse', inResponseTo, status: 'Responder' });
    const page = await browser.get(`/saml/default/logout?${forgeLogoutQuery(failed)}`);
    expect(page.status).to.equal(200);
    expect(page.text).to.contain('could not log you out everywhere').and.contain(`href="${storefront}"`);
    const again = await browser.get(`/saml/default/logout?${forgeLogoutQuery(failed)}`);
    expect(again.text).to.contain('You may still be logged in at your identity provider');
    const answers = (await room.records()).filter(({ operation }) => operation === 'sign-out.answer');
    expect(answers[0]).to.include({ outcome: 'refused' });
  });

  it('stays here where the identity provider takes no logout, and says so', async () => {
    const { id, browser } = await person();
    await room.change({ idp: { sloUrls: {} } });
    try {
      const page = await leave(browser, { return_to: storefront });
      expect(page.status).to.equal(200);
      expect(page.text)
        .to.contain('You may still be logged in at your identity provider')
        .and.contain(`href="${storefront}"`);
      expect(await inStore(id)).to.deep.equal(out);
      expect((await records(id))[0]?.notes).to.deep.equal(['Ended here only.']);
    } finally {
      await room.change({ idp: { sloUrls: { redirect: 'http://idp.test/slo', post: 'http://idp.test/slo-post' } } });
    }
  });

  it('needs more than a link, and no other site can do it', async () => {
    const { browser } = await person();
    const asked = await browser.get(`/saml/default/logout?return_to=${encodeURIComponent(`${storefront}x`)}`);
    expect(asked.text).to.contain('Log out?').and.contain(`name="return_to" value="${storefront}x"`);
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }] as const) {
      const page = await browser.post('/saml/default/logout', {}, { ...headers } as Record<string, string>);
      expect(page.status).to.equal(403);
      expect(page.text).to.contain('Another site has tried to log you out');
    }
    expect(await signedIn(browser)).to.equal(true);
    expect((await room.visitor().get('/saml/default/logout')).text).to.contain('Nobody is logged in here');
    expect((await leave(room.visitor())).text).to.contain('Nobody is logged in here');
  });

  it('is done when the identity provider asks, without the browser’s cookie, and is answered in the same binding', async () => {
    for (const binding of ['redirect', 'post'] as const) {
      const { id, nameId, browser } = await person();
      const request = await forged({ nameId, relayState: 'their state', id: `_asked${made}` });
      const other = room.visitor();
      const page =
        binding === 'redirect'
          ? await other.get(`/saml/default/logout?${forgeLogoutQuery(request)}`)
          : await other.post('/saml/default/logout', {
              SAMLRequest: forgeLogoutField(request),
              RelayState: 'their state',
            });
      expect(await signedIn(browser), binding).to.equal(false);
      expect(await inStore(id)).to.deep.equal(out);
      const xml =
        binding === 'redirect'
          ? messageIn(page.location, 'SAMLResponse')
          : Buffer.from(/name="SAMLResponse" value="([^"]+)"/.exec(page.text)?.[1] ?? '', 'base64').toString('utf8');
      expect(xml).to.contain(`InResponseTo="_asked${made}"`).and.contain('status:Success');
      if (binding === 'redirect')
        expect(new URL(page.location ?? '').searchParams.get('RelayState')).to.equal('their state');
      else {
        expect(page.text)
          .to.contain('name="RelayState" value="their state"')
          .and.contain('action="http://idp.test/slo-post"');
        expect(xml).to.contain('<ds:SignatureValue>');
      }
      expect((await records(id))[0]?.notes).to.deep.equal(['The identity provider has ended the session.']);
    }
  });

  it('ends the named sessions of a person and no other', async () => {
    const { nameId, browser: first } = await person('_one');
    const second = room.visitor();
    await room.signIn(second, { assertion: { nameId, attributes: [], sessionIndex: '_two' } });
    const { browser: stranger } = await person('_one');
    const ask = async (sessionIndexes: readonly string[]) =>
      room.visitor().get(`/saml/default/logout?${forgeLogoutQuery(await forged({ nameId, sessionIndexes }))}`);
    await ask(['_one']);
    expect([await signedIn(first), await signedIn(second), await signedIn(stranger)]).to.deep.equal([
      false,
      true,
      true,
    ]);
    await ask([]);
    expect([await signedIn(second), await signedIn(stranger)]).to.deep.equal([false, true]);
    expect((await ask([])).location, 'nothing is left to end').to.contain('SAMLResponse');
  });

  it('of all sessions that a person has is asked for in one message', async () => {
    const { nameId, browser } = await person('_one');
    const second = room.visitor();
    await room.signIn(second, { assertion: { nameId, attributes: [], sessionIndex: '_two' } });
    const xml = messageIn((await leave(second)).location, 'SAMLRequest');
    expect(xml).to.contain(
      '<samlp:SessionIndex>_two</samlp:SessionIndex><samlp:SessionIndex>_one</samlp:SessionIndex>',
    );
    expect(await signedIn(browser)).to.equal(false);
  });

  it('is not done for strangers, nor twice by one message', async () => {
    const { nameId, browser } = await person();
    const bad = [
      forgeLogoutQuery(await forged({ nameId, by: identity('stranger') })),
      forgeLogoutQuery(await forged({ nameId, issuer: 'http://other.test/entity' })),
      forgeLogoutQuery(await forged({ nameId, now: new Date(room.now().getTime() - 3_600_000) })),
    ];
    for (const query of bad) {
      const { status, location } = await room.visitor().get(`/saml/default/logout?${query}`);
      expect([status, location]).to.deep.equal([403, null]);
    }
    expect(await signedIn(browser)).to.equal(true);
    const [record] = await room.records();
    expect(record).to.include({ operation: 'sign-out', outcome: 'refused' });
    const good = forgeLogoutQuery(await forged({ nameId }));
    expect((await room.visitor().get(`/saml/default/logout?${good}`)).status).to.equal(303);
    expect((await room.visitor().get(`/saml/default/logout?${good}`)).status).to.equal(403);
  });

  it('takes the code along that the storefront has not exchanged yet', async () => {
    const { id, nameId } = await person();
    const codes = () => room.rows(sql`SELECT 1 AS n FROM {vestibule_saml_code} WHERE customer_id = ${id}`);
    expect(await codes()).to.have.length(1);
    await room.visitor().get(`/saml/default/logout?${forgeLogoutQuery(await forged({ nameId }))}`);
    expect(await codes()).to.have.length(0);
  });

  it('works here where nobody can tell any more what the identity provider calls the person', async () => {
    const { id, browser } = await person();
    await room.database.run(sql`UPDATE {vestibule_saml_session} SET subject = ${'nothing to decrypt'}`);
    const page = await leave(browser);
    expect(page.text).to.contain('You may still be logged in at your identity provider');
    expect(await inStore(id)).to.deep.equal(out);
    await room.database.run(sql`DELETE FROM {vestibule_saml_session}`);
  });

  it('does not claim what could not be done', async () => {
    const { nameId, browser } = await person();
    storeIsAway = true;
    try {
      const page = await room.visitor().get(`/saml/default/logout?${forgeLogoutQuery(await forged({ nameId }))}`);
      expect(messageIn(page.location, 'SAMLResponse')).to.contain('status:Responder');
      expect((await room.records())[0]).to.include({ operation: 'sign-out', outcome: 'failed' });
      const own = await leave(browser);
      expect(own.status).to.equal(503);
      expect(own.text).to.contain('nothing has changed').and.contain('Reference');
      expect((await room.records())[0]).to.include({ operation: 'sign-out', outcome: 'failed', status: 503 });
    } finally {
      storeIsAway = false;
    }
    expect(await signedIn(browser), 'still').to.equal(true);
  });
});
