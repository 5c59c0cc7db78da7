import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { SamlConfiguration } from '../../../modules/saml/index.ts';
import { type CommandLine, openCommandLine } from '../../setup/command-line.ts';
import { identity } from '../idp/identity.ts';
import { entityDescriptor } from '../metadata/idp-document.ts';

describe('The commands about SAML', () => {
  const [first, second] = [identity('idp'), identity('idp next')];
  let folder = '';
  let line: CommandLine;
  let server: Server;
  let address = '';
  let served = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-saml-'));
    line = await openCommandLine();
    await line.json('connection:create', '--code', 'okta', '--name', 'Okta');
    server = createServer((_, response) => void response.end(served));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.close();
    await line.close();
    await rm(folder, { recursive: true });
  });

  const show = () => line.json<SamlConfiguration>('saml:show', 'okta');
  const set = (...argv: string[]) => line.json<SamlConfiguration>('saml:set', '--connection', 'okta', ...argv);
  async function fails(expected: number, ...argv: string[]): Promise<string> {
    const { code, out, err } = await line.run(...argv);
    expect({ code, out }, argv.join(' ')).to.deep.equal({ code: expected, out: '' });
    return err;
  }
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  it('show what an identity provider has to be given, before anything is set', async () => {
    const { out } = await line.run('saml:show', 'okta');
    expect(out).to.contain('https://id.shop.example/saml/okta/acs');
    expect(out).to.contain('off: saml:set --connection okta --on on');
    expect(out).to.contain('not known yet: saml:metadata:import --connection okta');
    expect((await show()).keys).to.deep.equal([]);
    const { out: xml } = await line.run('saml:metadata:show', 'okta');
    expect(xml).to.contain('entityID="https://id.shop.example/saml/okta/metadata"').and.contain('<ds:X509Certificate>');
  });

  it('set what is named and nothing else', async () => {
    const before = (await show()).settings;
    const claims = await file('claims.json', '[{"claim":"mail","path":"emails.value"}]');
    const after = await set(
      ...['--on', 'on', '--force-authn', 'on', '--name-id-format', 'persistent', '--groups-attribute', 'groups'],
      ...['--claims', claims, '--redirects', 'https://shop.example/account/, https://shop.example/cart'],
    );
    expect(after.on).to.equal(true);
    expect(after.settings).to.deep.equal({
      ...before,
      forceAuthn: true,
      nameIdFormat: 'persistent',
      groupsAttribute: 'groups',
      claims: [{ claim: 'mail', path: 'emails.value' }],
      redirects: ['https://shop.example/account/', 'https://shop.example/cart'],
    });
    const undone = await set(
      ...['--force-authn', 'off', '--name-id-format', 'unspecified', '--groups-attribute', 'none'],
      ...['--claims', 'none', '--redirects', 'none'],
    );
    expect(undone.settings).to.deep.equal(before);
  });

  it('say by hand what an identity provider without metadata is', async () => {
    await set('--entity-id', 'https://idp.example', '--sso-url', 'https://idp.example/sso');
    await set('--sso-post-url', 'https://idp.example/post', '--slo-url', 'https://idp.example/slo');
    const { idp } = await set('--sso-url', 'none');
    expect(idp).to.deep.include({
      entityId: 'https://idp.example',
      ssoUrls: { post: 'https://idp.example/post' },
      sloUrls: { redirect: 'https://idp.example/slo' },
    });
    expect(await fails(1, 'saml:set', '--connection', 'okta', '--sso-post-url', 'none')).to.contain('single sign-on');
  });

  it('take metadata from a file, and from a server that the operator has named', async () => {
    const path = await file('metadata.xml', entityDescriptor());
    const report = await line.json('saml:metadata:import', '--connection', 'okta', '--file', path);
    expect(report).to.deep.include({ entityId: 'https://idp.example/entity', applied: true });
    served = entityDescriptor();
    const url = `http://${address}/metadata`;
    const byUrl = ['saml:metadata:import', '--connection', 'okta', '--url', url] as const;
    expect(await fails(1, ...byUrl)).to.contain('plain http');
    expect(await fails(1, ...byUrl.with(-1, `https://${address}/`))).to.contain('only 443 and 8443');
    expect(await fails(1, ...byUrl.with(-1, 'https://127.0.0.1/'))).to.contain('saml/security/allowed_hosts');
    await line.run('config:set', 'saml/security/allowed_hosts', address);
    await line.json(...byUrl);
    expect((await show()).source.url).to.equal(url);
  });

  it('refresh it, say how to trust what is offered, and trust and distrust it', async () => {
    served = entityDescriptor({
      certificates: [first.certificate, second.certificate],
      sso: 'https://idp.example/other',
    });
    const { out } = await line.run('saml:metadata:refresh', '--connection', 'okta');
    const fingerprint = second.trusted.fingerprint.slice(0, 16);
    expect(out).to.contain(`saml:certificate:trust ${fingerprint} --connection okta`);
    expect(out).to.contain('saml:metadata:take-over --connection okta');
    const states = async () => Object.fromEntries((await show()).certificates.map((c) => [c.fingerprint, c.state]));
    expect((await states())[second.trusted.fingerprint]).to.equal('offered');
    await line.json('saml:certificate:trust', fingerprint, '--connection', 'okta');
    expect((await states())[second.trusted.fingerprint]).to.equal('trusted');
    await line.json('saml:certificate:distrust', fingerprint, '--connection', 'okta');
    expect((await states())[second.trusted.fingerprint]).to.equal('distrusted');
    const path = await file('certificate.pem', second.certificate);
    await line.json('saml:certificate:trust', '--file', path, '--connection', 'okta');
    expect((await states())[second.trusted.fingerprint]).to.equal('trusted');
    await line.json('saml:metadata:take-over', '--connection', 'okta');
    expect((await show()).idp?.ssoUrls.redirect).to.equal('https://idp.example/other');
  });

  it('replace our key in steps', async () => {
    const rotate = (...argv: string[]) =>
      line.json<SamlConfiguration>('saml:key:rotate', ...argv, '--connection', 'okta');
    const states = ({ keys }: SamlConfiguration) => keys.map(({ state }) => state);
    const [first] = (await show()).keys;
    expect(await fails(1, 'saml:key:rotate', 'complete', '--connection', 'okta')).to.contain('saml:key:rotate start');
    expect(states(await rotate('start'))).to.have.members(['active', 'next']);
    expect(await fails(1, 'saml:key:rotate', 'start', '--connection', 'okta')).to.contain('under way already');
    expect(states(await rotate('cancel'))).to.deep.equal(['active']);
    await rotate('start', '--bits', '2048');
    const done = await rotate('complete');
    expect(states(done)).to.have.members(['active', 'retiring']);
    expect(done.keys.find(({ state }) => state === 'retiring')?.fingerprint).to.equal(first?.fingerprint);
    expect(JSON.stringify(done)).to.not.contain('PRIVATE');
  });

  it('are used wrongly where they are told nothing, too much or what is unknown', async () => {
    await fails(2, 'saml:set', '--connection', 'okta');
    await fails(2, 'saml:set', '--connection', 'okta', '--request-binding', 'pigeon');
    await fails(2, 'saml:metadata:import', '--connection', 'okta');
    await fails(2, 'saml:metadata:import', '--connection', 'okta', '--file', 'x', '--url', 'https://x.example');
    await fails(2, 'saml:certificate:trust', '--connection', 'okta');
    await fails(2, 'saml:key:rotate', 'spin', '--connection', 'okta');
    expect(await fails(1, 'saml:show', 'nobody')).to.contain('no connection with the code "nobody"');
    expect(await fails(1, 'saml:metadata:import', '--connection', 'okta', '--file', '/nowhere')).to.contain('/nowhere');
    expect(await fails(1, 'saml:set', '--connection', 'okta', '--claims', '/etc/hostname')).to.contain('no list of');
  });
});
