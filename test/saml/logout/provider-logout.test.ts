import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { sqlite } from '../../setup/databases.ts';
import { forgeLogoutField } from '../idp/logout.ts';
import { openSignInHost, type SignInHost } from '../login/sign-in-host.ts';

describe('Logging out where no browser is', () => {
  let room: SignInHost;
  let server: Server;
  let received: string[] = [];
  let answer: (request: string) => Promise<{ status: number; body: string }>;
  let made = 0;

  before(async () => {
    server = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += part;
      received.push(body);
      const { status, body: text } = await answer(body);
      response.writeHead(status, { 'Content-Type': 'text/xml' }).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    room = await openSignInHost(sqlite, { config: { 'saml/security/allowed_hosts': `127.0.0.1:${port}` } });
    await room.change({ idp: { sloUrls: { redirect: 'http://idp.test/slo', soap: `http://127.0.0.1:${port}/soap` } } });
  });
  after(async () => {
    await room.close();
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    received = [];
  });

  /** What the record says of a customer's end, whom SCIM has deactivated. */
  async function deactivated(): Promise<string> {
    const nameId = `gone${++made}@example.com`;
    const id = await room.provision(nameId);
    await room.signIn(room.visitor(), { assertion: { nameId, attributes: [] } });
    await room.scim.patch(id, { op: 'replace', path: 'active', value: false });
    const found = (await room.records()).find(
      ({ operation, customerId }) => operation === 'sign-out' && customerId === id,
    );
    return found?.notes?.at(-1) ?? '';
  }
  /** A signed answer inside an envelope. */
  const reply = async (request: string, more: { status?: string; inResponseTo?: string } = {}) => {
    const inResponseTo = / ID="([^"]+)"/.exec(request)?.[1] ?? '';
    const field = forgeLogoutField({
      provider: await room.provider(),
      now: room.now(),
      kind: 'LogoutResponse',
      inResponseTo,
      ...more,
    });
    const message = Buffer.from(field, 'base64').toString('utf8');
    return {
      status: 200,
      body: `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${message}</S:Body></S:Envelope>`,
    };
  };

  it('tells an identity provider that takes SOAP with a signed message, and records what it answers', async () => {
    answer = (request) => reply(request);
    expect(await deactivated()).to.equal('The identity provider has ended its session, too.');
    expect(received).to.have.length(1);
    expect(received[0])
      .to.contain('<S:Body><samlp:LogoutRequest')
      .and.contain(`gone${made}@example.com`)
      .and.contain('<ds:SignatureValue>');
  });

  it('believes no answer but a signed one that says so', async () => {
    for (const [name, other] of Object.entries<typeof answer>({
      failed: (request) => reply(request, { status: 'Responder' }),
      unsigned: async (request) => {
        const { status, body } = await reply(request);
        return { status, body: body.replace(/<ds:Signature .*<\/ds:Signature>/, '') };
      },
      'to another request': (request) => reply(request, { inResponseTo: '_other' }),
      nothing: async () => ({ status: 200, body: '' }),
      error: async (request) => ({ ...(await reply(request)), status: 500 }),
    })) {
      answer = other;
      expect(await deactivated(), name).to.contain('did not confirm it');
    }
    answer = async () => ({ status: 200, body: '<LogoutResponse ID="a"></LogoutResponse>' });
    expect(await deactivated()).to.contain('could not be told');
    expect(received).to.have.length(6);
  });
});
