import { expect } from 'chai';
import { ActivityReports } from '../../../modules/activity/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { SamlCertificates } from '../../../modules/saml/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { fieldOf, forge } from '../idp/forge.ts';
import { identity } from '../idp/identity.ts';
import { elsewhere } from './return-addresses.ts';
import { openSignInHost, type SignInHost, storefront } from './sign-in-host.ts';

/** FIPS 186-4, D.1.2.3. */
const orderOfP256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

onBothEngines('Signing in by SAML', (engine) => {
  let room: SignInHost;
  before(async () => {
    room = await openSignInHost(engine);
    await room.provision('ada@example.com');
  });
  after(() => room.close());
  const sessions = async () => room.rows<Record<string, string>>(sql`SELECT * FROM {vestibule_saml_session}`);

  it('leads to the storefront with a code and to a session of our own, of which only a digest is kept', async () => {
    const browser = room.visitor();
    const page = await room.signIn(browser, { assertion: { sessionEnds: new Date(room.now().getTime() + 3_600_000) } });
    expect(page.status, page.text).to.equal(303);
    expect(page.location).to.match(/^https:\/\/shop\.example\/saml\/\?code=[\w-]{43}$/);
    expect(page.headers.get('cache-control')).to.equal('no-store');
    const [cookie = ''] = page.headers.getSetCookie();
    expect(cookie).to.match(/^vestibule_saml=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    const rows = await sessions();
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({ created_at: '2024-05-06 12:00:00', ends_at: '2024-05-06 13:00:00' });
    const kept = JSON.stringify([rows, await room.rows(sql`SELECT * FROM {vestibule_saml_code}`)]);
    for (const secret of [browser.cookies.get('vestibule_saml'), page.location?.split('code=')[1], 'ada@example.com'])
      expect(kept).not.to.contain(secret);
  });

  it('ends with the identity provider’s session or after eight hours, and ends the session before it', async () => {
    const browser = room.visitor();
    await room.signIn(browser);
    const first = browser.cookies.get('vestibule_saml');
    expect((await sessions()).at(-1)).to.include({ ends_at: '2024-05-06 20:00:00' });
    const before = (await sessions()).length;
    await room.signIn(browser, { assertion: { sessionEnds: new Date(room.now().getTime() + 86_400_000) } });
    expect(await sessions()).to.have.length(before);
    expect((await sessions()).at(-1)).to.include({ ends_at: '2024-05-06 20:00:00' });
    const second = browser.cookies.get('vestibule_saml') ?? '';
    expect(second).not.to.equal(first);
    browser.cookies.set('vestibule_saml', first ?? '');
    expect((await browser.get('/saml/default/account')).location).to.contain('/login');
    browser.cookies.set('vestibule_saml', second);
    expect((await browser.get('/saml/default/account')).status).to.equal(200);
  });

  it('goes to the address that was asked for, and to none that is not on the list', async () => {
    const browser = room.visitor();
    const page = await room.signIn(browser, {}, `?return_to=${encodeURIComponent(`${storefront}cart?state=7`)}`);
    expect(page.location).to.match(/^https:\/\/shop\.example\/saml\/cart\?state=7&code=[\w-]{43}$/);
    for (const address of elsewhere.filter((text) => text !== '')) {
      const { status, location } = await browser.get(`/saml/default/login?return_to=${encodeURIComponent(address)}`);
      expect([status, location], address).to.deep.equal([400, null]);
    }
    const twice = `return_to=${encodeURIComponent(storefront)}&return_to=https://evil.example`;
    expect(await room.begin(browser, `?${twice}`)).to.match(/^_/);
  });

  it('needs the browser that began it', async () => {
    const [mine, other] = [room.visitor(), room.visitor()];
    const id = await room.begin(mine);
    await room.begin(other);
    const stolen = await room.answer(other, { inResponseTo: id }, id);
    expect([stolen.status, stolen.location]).to.deep.equal([403, null]);
    expect(stolen.text).to.contain('was not begun in this browser');
    expect(other.cookies.has('vestibule_saml')).to.equal(false);
    expect((await room.answer(room.visitor(), { inResponseTo: id }, id)).status).to.equal(403);
    expect((await room.answer(mine, { inResponseTo: id }, id)).status).to.equal(303);
  });

  it('takes ECDSA signatures, and the second value that each of them has as the same message again', async () => {
    const ec = identity('ec', 'prime256v1');
    await room.host.resolve(SamlCertificates).trust('default', ec.certificate);
    const browser = room.visitor();
    const id = await room.begin(browser);
    const { xml } = forge({ provider: await room.provider(), now: room.now(), inResponseTo: id, by: ec });
    const send = (text: string) => browser.post('/saml/default/acs', { SAMLResponse: fieldOf(text), RelayState: id });
    const first = await send(xml);
    expect([first.status, first.text]).to.deep.equal([303, '']);
    // Whoever has (r, s) has (r, n - s): other bytes, and as good.
    const twin = xml.replace(/(<ds:SignatureValue>)([^<]*)/, (_, tag: string, text: string) => {
      const value = Buffer.from(text, 'base64');
      const s = orderOfP256 - BigInt(`0x${value.toString('hex', 32)}`);
      const other = Buffer.concat([value.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
      return `${tag}${other.toString('base64')}`;
    });
    const second = await send(twin);
    expect([second.status, second.location]).to.deep.equal([403, null]);
    expect(second.text).to.contain('was used already');
  });

  it('works in two tabs at once', async () => {
    const browser = room.visitor();
    const [first, second] = [await room.begin(browser), await room.begin(browser)];
    for (const id of [second, first])
      expect((await room.answer(browser, { inResponseTo: id }, id)).status).to.equal(303);
  });

  it('happens once, though one answer comes a hundred times at once', async function () {
    this.timeout(60_000);
    const browser = room.visitor();
    const id = await room.begin(browser);
    const { field } = forge({ provider: await room.provider(), now: room.now(), inResponseTo: id });
    const before = (await sessions()).length;
    await room.warm();
    const pages = await Promise.all(
      Array.from({ length: 100 }, () => {
        const again = room.visitor();
        for (const [name, value] of browser.cookies) again.cookies.set(name, value);
        return again.post('/saml/default/acs', { SAMLResponse: field, RelayState: id });
      }),
    );
    expect(pages.filter(({ status }) => status === 303)).to.have.length(1);
    expect(pages.filter(({ status }) => status === 403)).to.have.length(99);
    expect(await sessions()).to.have.length(before + 1);
  });

  it('comes unasked only where the connection allows it, and then goes only to addresses of the list', async () => {
    const refused = await room.answer(room.visitor());
    expect(refused.status).to.equal(403);
    await room.change({ settings: { idpInitiated: true } });
    try {
      const browser = room.visitor();
      expect((await room.answer(browser, {}, `${storefront}tile`)).location).to.contain(`${storefront}tile?code=`);
      expect((await browser.get('/saml/default/account')).status).to.equal(200);
      for (const address of elsewhere.slice(0, 20))
        expect((await room.answer(browser, {}, address)).location, address).to.match(
          /^https:\/\/shop\.example\/saml\/\?code=/,
        );
    } finally {
      await room.change({ settings: { idpInitiated: false } });
    }
  });

  it('goes to the account page where there is no storefront', async () => {
    await room.change({ settings: { redirects: [] } });
    try {
      const browser = room.visitor();
      expect((await room.signIn(browser)).location).to.equal('/saml/default/account');
      const { text, status } = await browser.get('/saml/default/account');
      expect(status).to.equal(200);
      for (const shown of ['Ada Lovelace', 'ada@example.com', 'General', 'Log out']) expect(text).to.contain(shown);
      expect(await room.rows(sql`SELECT * FROM {vestibule_saml_code} WHERE redirect_digest = ''`)).to.deep.equal([]);
    } finally {
      await room.change({ settings: { redirects: [storefront] } });
    }
  });

  it('shows names and addresses as they are, never as markup', async () => {
    await room.scim.create({
      userName: 'mallory@example.com',
      name: { givenName: '<img src=x>', familyName: '"&' },
      emails: [{ value: 'mallory@example.com' }],
      addresses: [
        {
          type: 'work',
          streetAddress: '<b>1</b> Rue',
          locality: 'Paris',
          postalCode: '75001',
          country: 'FR',
          primary: true,
        },
      ],
    });
    const browser = room.visitor();
    await room.signIn(browser, { assertion: { nameId: 'mallory@example.com', attributes: [] } });
    const { text } = await browser.get('/saml/default/account');
    expect(text).to.contain('&lt;img src=x>').and.contain('&lt;b>1&lt;/b> Rue').and.contain('75001 Paris');
    expect(text).not.to.contain('<img').and.not.to.contain('<b>');
  });

  it('can begin by a form that needs no script, and that may lead to the identity provider', async () => {
    await room.change({ settings: { requestBinding: 'post' } });
    try {
      const browser = room.visitor();
      const { text, headers, status } = await browser.get('/saml/default/login');
      expect(status).to.equal(200);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).to.contain("form-action 'self' http://idp.test;").and.contain("script-src 'self'");
      expect(text)
        .to.contain('<form method="post" action="http://idp.test/sso-post"')
        .and.contain('<button type="submit">');
      expect(text).not.to.match(/<script(?![^>]* src=)|<style| style=| on\w+=/);
      const id = /name="RelayState" value="(_[0-9a-f]+)"/.exec(text)?.[1] ?? '';
      const request = /name="SAMLRequest" value="([^"]+)"/.exec(text)?.[1] ?? '';
      const xml = Buffer.from(request, 'base64').toString('utf8');
      expect(xml)
        .to.contain(`ID="${id}"`)
        .and.contain('<ds:SignatureValue>')
        .and.contain('Destination="http://idp.test/sso-post"');
      expect((await room.answer(browser, { inResponseTo: id }, id)).status).to.equal(303);
    } finally {
      await room.change({ settings: { requestBinding: 'redirect' } });
    }
  });

  it('is in the report under its own word, with refusals, and so is signing out', async () => {
    const reports = room.host.resolve(ActivityReports);
    const page = (action: string) => reports.page(room.database, { actions: [action], application: 'default' });
    const browser = room.visitor();
    await room.signIn(browser);
    await room.answer(browser, {}, 'unasked');
    await browser.post('/saml/default/logout', {}, { 'sec-fetch-site': 'same-origin' });
    await room.records();
    // All of them are of one moment of the room's clock: refusals, written from the journal, stand in no certain place.
    const { items: signIns } = await page('sign-in');
    const refused = signIns.find(({ outcome }) => outcome === 'refused');
    const accepted = signIns.find(({ outcome }) => outcome !== 'refused');
    expect(refused).to.include({ operation: 'sign-in', outcome: 'refused', application: 'default' });
    expect(accepted).to.include({ operation: 'sign-in', subject: 'ada@example.com' });
    expect(accepted?.trace?.map(({ step }) => step).slice(0, 2)).to.deep.equal(['verify', 'admit']);
    const { items } = await page('sign-out');
    expect(items[0]).to.include({ operation: 'sign-out', outcome: 'done', subject: 'ada@example.com' });
    expect((await page('user')).items.map(({ operation }) => operation)).to.deep.equal(['user.create', 'user.create']);
  });

  it('is told the browser in cookies that other scripts cannot read and, over https, other sites cannot set', async () => {
    const { headers } = await room.visitor().get('/saml/default/login');
    expect(headers.getSetCookie()[0]).to.match(/^vestibule_saml_login=[\w-]{43}; Path=\/; Expires=.*; HttpOnly$/);
  });
});
