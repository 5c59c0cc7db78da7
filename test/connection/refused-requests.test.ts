import { expect } from 'chai';
import { Connections, type NewToken, Pulse, Tokens, TokenVerifier } from '../../modules/connection/index.ts';
import { generateToken } from '../../modules/connection/token-text.ts';
import { Config } from '../../modules/framework/index.ts';
import { detailOf, type ScimClient, scimClient } from '../provisioning/client.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

onBothEngines('The door of the SCIM endpoint', (engine) => {
  let host: ScimHost;
  let pulse = 0;
  let made = 0;
  before(async () => {
    host = await openHost(engine, { override: [[Pulse, { milliseconds: () => pulse }]] });
  });
  after(() => host.close());
  beforeEach(() => {
    pulse += 3_600_000;
    host.advance(5);
  });

  const clientOf = (token: string): ScimClient => scimClient(`${host.url}/scim/v2`, token);
  /** A connection of its own with one token. */
  async function connect(rights: Partial<NewToken> = {}) {
    const code = `c${++made}`;
    const { connection, text, token } = await host.database.transaction(async (tx) => {
      const connection = await host.host
        .resolve(Connections)
        .create(tx, { code, name: code, websiteId: 1 }, host.now());
      const issued = await host.host.resolve(Tokens).issue(tx, connection, { name: 'test', ...rights }, host.now());
      return { connection, ...issued };
    });
    return { code, id: connection.id, text, token, scim: clientOf(text) };
  }
  const change = async (code: string, changes: Parameters<Connections['change']>[2]) => {
    await host.database.transaction((tx) => host.host.resolve(Connections).change(tx, code, changes));
    host.advance(5);
  };
  const configure = async (path: string, text: string) => {
    await host.host.resolve(Config).set(path, text);
    host.advance(5);
  };
  const list = (scim: ScimClient, headers = {}) => scim.send('GET', '/Users?count=1', undefined, headers);
  const recordsOf = async (connectionId: number) =>
    (await host.records())
      .filter((record) => record.connectionId === connectionId && record.outcome === 'refused')
      .map(({ operation, status, reason }) => ({ operation, status, reason }));

  it('tells who sends an expired token that it is, and keeps a record', async () => {
    const expiresAt = new Date(host.now().getTime() + 60_000);
    const { scim, code, id } = await connect({ expiresAt });
    expect((await list(scim)).status).to.equal(200);
    host.advance(60);
    const { status, headers, json } = await list(scim);
    expect([status, json.schemas, json.status]).to.deep.equal([401, [errorSchema], '401']);
    expect(headers.get('www-authenticate')).to.match(/^Bearer\b/);
    expect(String(json.detail)).to.match(
      /it expired at 2024-05-06 \S+ UTC; SCIM Configuration in the administration \(token:rotate --connection c\d+\) makes/,
    );
    expect((await recordsOf(id))[0]).to.include({ operation: 'scim.expired', status: 401 });
    expect(code).to.be.a('string');
  });

  it('tells nobody else anything about a token', async () => {
    const { token } = await connect({ expiresAt: new Date(host.now().getTime() + 1_000) });
    host.advance(60);
    const details = new Set<string>();
    for (const text of [generateToken().text, forge(token.publicId)])
      details.add(detailOf((await list(clientOf(text))).json));
    expect([...details]).to.deep.equal([
      'The bearer token is not valid: it is unknown, expired or revoked. Make one under SCIM Configuration in the administration (token:create).',
    ]);
  });

  it('lets a token in from its addresses and from no other', async () => {
    const { scim, token, id } = await connect({ addresses: ['192.0.2.0/24'] });
    const { status, json } = await list(scim);
    expect(status).to.equal(403);
    expect({ ...json, detail: detailOf(json) }).to.deep.equal({
      schemas: [errorSchema],
      status: '403',
      detail: `The address 127.0.0.1 is not allowed for the token ${token.publicId}; SCIM Configuration in the administration (token:create --addresses) makes a token for others.`,
    });
    expect((await recordsOf(id))[0]).to.include({ operation: 'scim.address', status: 403 });
    expect((await list((await connect({ addresses: ['127.0.0.0/8'] })).scim)).status).to.equal(200);
  });

  it('lets a connection in from its addresses and from no other', async () => {
    const { scim, code } = await connect();
    await change(code, { policy: { addresses: ['192.0.2.0/24', '2001:db8::/32'] } });
    const refused = await list(scim);
    expect([refused.status, detailOf(refused.json)]).to.deep.equal([
      403,
      `The address 127.0.0.1 is not allowed for the connection "${code}"; Policies and Safeguards in the administration (connection:set --code ${code} --addresses) names those that are.`,
    ]);
    await change(code, { policy: { addresses: ['127.0.0.1'] } });
    expect((await list(scim)).status).to.equal(200);
  });

  it('believes nobody about its address but a proxy that is trusted', async () => {
    const { scim, text } = await connect({ addresses: ['192.0.2.0/24'] });
    const viaProxy = (forwarded: string) => list(scim, { 'x-forwarded-for': forwarded }).then(({ status }) => status);
    expect(await viaProxy('192.0.2.7')).to.equal(403);
    await configure('connection/network/trusted_proxies', '127.0.0.0/8');
    try {
      expect(await viaProxy('192.0.2.7')).to.equal(200);
      expect(await viaProxy('192.0.2.7, 198.51.100.1')).to.equal(403);
      expect(await viaProxy('192.0.2.7, 127.0.0.9')).to.equal(200);
      expect((await list(scim)).status).to.equal(403);
      await host.host.resolve(TokenVerifier).flush();
      const [newest] = await host.host.resolve(Tokens).list(host.database);
      expect([newest?.lastUsedAddress, text.includes(newest?.publicId ?? '?')]).to.deep.equal(['192.0.2.7', true]);
    } finally {
      await configure('connection/network/trusted_proxies', '');
    }
    expect(await viaProxy('192.0.2.7')).to.equal(403);
  });

  it('answers 429 with Retry-After to a connection that asks too fast, and records it once', async () => {
    const { scim, code, id } = await connect();
    await change(code, { policy: { requestsPerSecond: 1 } });
    const answers = [];
    for (let i = 0; i < 70; i++) answers.push(await list(scim));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(60);
    const refused = answers.at(-1);
    expect(refused?.status).to.equal(429);
    expect(refused?.headers.get('retry-after')).to.equal('1');
    expect(refused?.json.schemas).to.deep.equal([errorSchema]);
    expect(refused?.json.detail).to.contain(code).and.contain('--rate-limit');
    expect(await recordsOf(id)).to.have.length(1);
    pulse += 1_000;
    expect((await list(scim)).status).to.equal(200);
    expect((await list(scim)).status).to.equal(429);
    expect((await list((await connect()).scim)).status).to.equal(200);
    await change(code, { policy: { requestsPerSecond: 0 } });
    expect((await list(scim)).status).to.equal(200);
  });

  it('counts the operations of a bulk request as requests', async () => {
    const { scim, code } = await connect();
    await change(code, { policy: { requestsPerSecond: 1 } });
    const Operations = Array.from({ length: 80 }, (_, i) => ({ method: 'DELETE', path: `/Users/${900_000 + i}` }));
    const bulk = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations };
    expect((await scim.send('POST', '/Bulk', bulk)).status).to.equal(200);
    const { status, headers } = await list(scim);
    expect([status, headers.get('retry-after')]).to.deep.equal([429, '22']);
  });

  it('is slow to bad tokens from one address, and never to a good one', async () => {
    const { scim, text, id } = await connect();
    const strange = await connect();
    const statuses: number[] = [];
    for (let i = 0; i < 150; i++) statuses.push((await list(clientOf(generateToken().text))).status);
    expect(statuses.filter((status) => status === 401)).to.have.length(60);
    expect(statuses.filter((status) => status === 429)).to.have.length(90);
    const { headers, json } = await list(clientOf(`${text}x`));
    expect([json.status, headers.get('retry-after')]).to.deep.equal(['429', '1']);
    expect(json.detail).to.contain('Too many wrong bearer tokens came from 127.0.0.1');
    expect((await list(scim)).status).to.equal(200);
    // one that was never seen before, and comes from there for the first time in the middle of it
    expect((await list(strange.scim)).status).to.equal(200);
    expect((await list(clientOf(''))).status).to.equal(401);
    expect(await recordsOf(id)).to.deep.equal([]);
    const noted = (await host.records()).filter(({ operation }) => operation === 'scim.too-many-invalid');
    expect(noted).to.have.length(1);
    pulse += 60_000;
    expect((await list(clientOf(generateToken().text))).status).to.equal(401);
  });

  for (const [scope, allowed] of [
    ['users:read', ['GET /Users', 'POST /Users/.search']],
    ['users:write', ['POST /Users', 'PUT /Users/1', 'PATCH /Users/1', 'DELETE /Users/1']],
    ['groups:read', ['GET /Groups', 'POST /Groups/.search']],
    ['groups:write', ['POST /Groups', 'PUT /Groups/g1', 'PATCH /Groups/g1', 'DELETE /Groups/g1']],
  ] as const)
    it(`lets a token of the scope ${scope} do that and nothing else`, async () => {
      const { scim, id } = await connect({ scopes: [scope] });
      const asked = ['Users', 'Groups'].flatMap((kind) => {
        const one = kind === 'Users' ? 'Users/1' : 'Groups/g1';
        return [
          `GET /${kind}`,
          `POST /${kind}/.search`,
          `POST /${kind}`,
          `PUT /${one}`,
          `PATCH /${one}`,
          `DELETE /${one}`,
        ];
      });
      const open: string[] = [];
      for (const request of asked) {
        const [method = '', path = ''] = request.split(' ');
        // No body: what gets past the door is answered by what stands behind it.
        const { status, json } = await scim.send(method, path);
        if (status !== 403) open.push(request);
        else expect(json.detail).to.match(/lacks the scope "(users|groups):(read|write)"; it has /);
      }
      expect(open).to.have.members([...allowed]);
      expect((await scim.get('/Schemas')).status).to.equal(200);
      const refused = (await recordsOf(id)).filter(({ status }) => status === 403);
      expect(refused).to.have.length(12 - allowed.length);
      for (const { reason } of refused) expect(reason).to.contain('lacks the scope');
    });

  it('asks for the scope of each operation of a bulk request', async () => {
    const { scim } = await connect({ scopes: ['users:write'] });
    const Operations = [
      { method: 'DELETE', path: '/Users/900000' },
      { method: 'DELETE', path: '/Groups/g900000' },
    ];
    const bulk = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations };
    const { status, json } = await scim.send('POST', '/Bulk', bulk);
    expect(status).to.equal(200);
    expect([json.Operations?.[0]?.status, json.Operations?.[1]?.status]).to.deep.equal(['404', '403']);
  });
});

/** A text that is a token by its looks, with this id and a secret of nobody. */
function forge(publicId: string): string {
  for (;;) {
    const { text } = generateToken();
    const forged = reseal(`vsb_${publicId}_${text.slice(13, 56)}`);
    if (forged.length === text.length) return forged;
  }
}

function reseal(body: string): string {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(body)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return body + ((crc ^ 0xffffffff) >>> 0).toString(36).padStart(7, '0').slice(-6);
}
