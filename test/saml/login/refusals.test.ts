import { expect } from 'chai';
import type { Page } from '../../admin/visitor.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { Forgery } from '../idp/forge.ts';
import { identity } from '../idp/identity.ts';
import { openSignInHost, type SignInHost } from './sign-in-host.ts';

onBothEngines('Somebody whom SAML does not sign in', (engine) => {
  let room: SignInHost;
  before(async () => {
    room = await openSignInHost(engine);
    await room.provision('ada@example.com');
    await room.change({ settings: { createAtLogin: false } });
  });
  after(() => room.close());

  /** The page tells this, with a reference under which the record tells the reason. */
  async function refused(page: Page, status: number, words: string, reason: string): Promise<void> {
    expect([page.status, page.location], page.text).to.deep.equal([status, null]);
    expect(page.text).to.contain(words);
    const reference = /Reference: <code>([\w-]+)<\/code>/.exec(page.text)?.[1];
    expect(reference).to.equal(page.headers.get('x-request-id'));
    expect(page.headers.getSetCookie().join()).not.to.contain('vestibule_saml=');
    const found = (await room.records()).filter(({ requestId }) => requestId === reference);
    expect(found).to.have.length(1);
    expect(found[0]).to.include({ operation: 'sign-in', outcome: 'refused', actor: 'SAML' });
    expect(found[0]?.reason).to.contain(reason);
    expect(found[0]?.trace?.length, 'steps').to.be.greaterThan(0);
    // Nothing of the reason, of names or of how it is built.
    for (const secret of ['idp.test', 'point ', 'SAML_', '/metadata', 'ada@', 'xml'])
      expect(page.text.toLowerCase(), secret).not.to.contain(secret);
  }
  const attempt = (forgery: Partial<Forgery> = {}) => room.signIn(room.visitor(), forgery);

  it('is told that there is no account', async () => {
    const page = await attempt({ assertion: { nameId: 'nobody@example.com', attributes: [] } });
    await refused(page, 403, 'You have no account here yet', '');
  });

  it('is told that the account is deactivated', async () => {
    const id = await room.provision('eve@example.com');
    await room.scim.patch(id, { op: 'replace', path: 'active', value: false });
    const page = await attempt({ assertion: { nameId: 'eve@example.com', attributes: [] } });
    await refused(page, 403, 'Your account is deactivated', '');
    expect((await room.records()).find(({ operation }) => operation === 'sign-in')?.customerId).to.equal(id);
  });

  it('is told that it took too long', async () => {
    const browser = room.visitor();
    const id = await room.begin(browser);
    room.advance(11 * 60);
    await refused(
      await room.answer(browser, { inResponseTo: id }, id),
      403,
      'took longer than ten minutes',
      'ten minutes',
    );
  });

  it('is told that the answer was used before', async () => {
    const browser = room.visitor();
    const id = await room.begin(browser);
    const forged = { inResponseTo: id, assertion: { id: '_twice' } };
    expect((await room.answer(browser, forged, id)).status).to.equal(303);
    await refused(await room.answer(browser, forged, id), 403, 'This sign-in was used already', 'has come before');
  });

  it('is told that clocks differ', async () => {
    const late = { now: new Date(room.now().getTime() - 3_600_000) };
    await refused(await attempt(late), 403, 'clock', '');
  });

  it('is told that another identity provider has answered', async () => {
    const page = await attempt({ assertion: { issuer: 'http://other.test/entity' }, response: { issuer: undefined } });
    await refused(page, 403, 'Another identity provider has answered', '');
  });

  it('is told that the identity provider did not sign in', async () => {
    const page = await attempt({ response: { status: 'Responder' }, sign: 'response' });
    await refused(page, 403, 'Your identity provider did not sign you in', '');
  });

  it('is told nothing that helps a forger', async () => {
    for (const forgery of [
      { sign: 'none' },
      { by: identity('stranger') },
      { assertion: { audiences: [['https://elsewhere.example']] } },
      { assertion: { recipient: 'https://elsewhere.example/acs' } },
    ] as const)
      await refused(await attempt(forgery), 403, 'could not be accepted', '');
    const browser = room.visitor();
    for (const response of ['', 'nonsense', Buffer.from('<nonsense/>').toString('base64')])
      await refused(
        await browser.post('/saml/default/acs', { SAMLResponse: response, RelayState: '' }),
        403,
        'could not be accepted',
        '',
      );
  });

  it('is told that the browser has sent no answer at all', async () => {
    const browser = room.visitor();
    await refused(
      await browser.post('/saml/default/acs', {}),
      400,
      'no answer of an identity provider',
      'SAMLResponse',
    );
    const twice = { SAMLResponse: ['a', 'b'] };
    await refused(
      await browser.post('/saml/default/acs', twice),
      400,
      'no answer of an identity provider',
      'SAMLResponse',
    );
  });

  it('is refused forms that are too large, compressed or of another type, before they are read', async () => {
    const send = (body: string, headers: Record<string, string>) =>
      fetch(`${room.url}/saml/default/acs`, { method: 'POST', body, headers });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send(`SAMLResponse=${'a'.repeat(512 * 1024)}`, form)).status).to.equal(400);
    expect((await room.records())[0]).to.include({ operation: 'sign-in', outcome: 'refused', status: 400 });
    expect((await send('SAMLResponse=a', { ...form, 'content-encoding': 'gzip' })).status).to.equal(400);
    expect((await send('{"SAMLResponse":"a"}', { 'content-type': 'application/json' })).status).to.equal(400);
  });

  it('finds no sign-in where a connection is unknown, paused or without SAML', async () => {
    await room.connect('plain');
    for (const path of ['/saml/unknown/login', '/saml/plain/login', '/saml/unknown/account', '/saml/plain/logout']) {
      const { status, text } = await room.visitor().get(path);
      expect(status, path).to.equal(404);
      expect(text).to.contain('There is no sign-in here');
    }
    expect((await room.visitor().post('/saml/plain/acs', { SAMLResponse: 'x' })).status).to.equal(404);
    await refused(await room.visitor().get('/saml/plain/login'), 404, 'There is no sign-in here', 'not switched on');
    await room.change({ on: false });
    try {
      for (const path of ['login', 'account', 'logout'])
        expect((await room.visitor().get(`/saml/default/${path}`)).status, path).to.equal(404);
    } finally {
      await room.change({ on: true });
    }
    const unknown = await room.visitor().get('/saml/unknown/login');
    expect(unknown.text, 'nothing to refer to').not.to.contain('Reference');
  });

  it('is stopped when it comes in floods', async () => {
    room.advance(60);
    const come = async () => (await fetch(`${room.url}/saml/unknown/account`)).status;
    const statuses: number[] = [];
    for (let round = 0; round < 7; round++) statuses.push(...(await Promise.all(Array.from({ length: 100 }, come))));
    expect(statuses.filter((status) => status === 404)).to.have.length(600);
    expect(statuses.filter((status) => status === 429)).to.have.length(100);
    room.advance(10);
    expect(await come()).to.equal(404);
  });
});
