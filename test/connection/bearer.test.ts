import { expect } from 'chai';
import { Connections, Tokens, TokenVerifier } from '../../modules/connection/index.ts';
import { createTestHost, DatabaseError, type Logger } from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import { detailOf } from '../provisioning/client.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

onBothEngines('A request to the SCIM endpoint', (engine) => {
  const logged: string[] = [];
  const write = (fields: object, message: string) =>
    void logged.push(JSON.stringify({ ...fields, message, err: String((fields as { err?: unknown }).err) }));
  const logger: Logger = { debug: write, info: write, warn: write, error: write };
  let host: ScimHost;
  let other: string;
  before(async () => {
    host = await openHost(engine, { logger });
    other = (await host.connect('other')).token;
  });
  after(() => host.close());
  beforeEach(() => {
    logged.length = 0;
  });

  const ask = (headers: Record<string, string>, path = '/Users?count=1', init: RequestInit = {}) =>
    fetch(`${host.url}/scim/v2${path}`, { ...init, headers: { accept: 'application/scim+json', ...headers } });

  async function expectRefused(answer: Response, words: RegExp): Promise<void> {
    expect(answer.status).to.equal(401);
    expect(answer.headers.get('www-authenticate')).to.match(/^Bearer\b/);
    expect(answer.headers.get('content-type')).to.match(/^application\/scim\+json\b/);
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).to.have.all.keys('schemas', 'status', 'detail');
    expect(body).to.deep.include({ schemas: [errorSchema], status: '401' });
    expect(body.detail).to.match(words);
  }

  it('without a token is refused, and told which header is wanted', async () => {
    await expectRefused(await ask({}), /Authorization: Bearer <token>/);
    await expectRefused(await ask({}, '/nowhere'), /Authorization: Bearer <token>/);
    await expectRefused(await ask({}, '/ServiceProviderConfig'), /Authorization: Bearer <token>/);
  });

  it('with a token in the query is refused, whatever the header says', async () => {
    const path = `/Users?count=1&access_token=${host.token}`;
    await expectRefused(await ask({}, path), /Authorization: Bearer/);
    await expectRefused(await ask({ authorization: 'Bearer wrong' }, path), /not valid/);
    expect((await ask({ authorization: `Bearer ${other}` }, path)).status).to.equal(200);
  });

  for (const type of ['application/scim+json', 'application/x-www-form-urlencoded'])
    it(`with a token in a body of ${type} is refused`, async () => {
      const token = type.includes('json')
        ? JSON.stringify({ access_token: host.token, userName: 'a', schemas: [] })
        : `access_token=${host.token}`;
      await expectRefused(
        await ask({ 'content-type': type }, '/Users', { method: 'POST', body: token }),
        /Authorization: Bearer/,
      );
    });

  it('may carry an attribute named access_token', async () => {
    const answer = await ask(
      { authorization: `Bearer ${host.token}`, 'content-type': 'application/scim+json' },
      '/Users',
      {
        method: 'POST',
        body: JSON.stringify({
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName: 'with-access-token@example.com',
          access_token: 'x',
        }),
      },
    );
    expect(answer.status).to.equal(201);
    expect(await answer.text()).not.to.contain('access_token');
  });

  for (const [what, shape, note] of [
    ['bare', (token: string) => token, 'The token came without \\"Bearer\\"; it was accepted.'],
    ['behind a doubled Bearer', (token: string) => `Bearer Bearer ${token}`, '\\"Bearer\\" was sent more than once'],
    ['in quotes', (token: string) => `Bearer "${token}"`, 'The token came in quotes'],
    ['wholly in quotes', (token: string) => `"Bearer ${token}"`, 'The token came in quotes'],
    ['behind two blanks', (token: string) => `Bearer  ${token}`, 'There were stray blanks'],
    ['behind a tab', (token: string) => `Bearer\t${token}`, 'There were stray blanks'],
  ] as const)
    it(`with the token ${what} is served, and the log says so`, async () => {
      expect((await ask({ authorization: shape(host.token) })).status).to.equal(200);
      const said = logged.filter((line) => line.includes(note));
      expect(said).to.have.length(1);
      expect(said[0]).to.contain('"connection":"default"').and.not.contain(host.token.slice(13));
      const [entry] = (await host.records()).filter(({ operation }) => operation === 'user.list');
      expect(JSON.stringify(entry?.notes)).to.contain(note);
    });

  it('with the scheme in lower case is served and is nothing to speak of', async () => {
    expect((await ask({ authorization: `bearer ${host.token}` })).status).to.equal(200);
    expect(logged).to.deep.equal([]);
  });

  for (const [what, shape] of [
    ['cut short', (token: string) => `Bearer ${token.slice(0, -1)}`],
    ['in upper case', (token: string) => `Bearer ${token.toUpperCase()}`],
    ['as a Basic password', (token: string) => `Basic ${Buffer.from(`user:${token}`).toString('base64')}`],
    ['as Basic itself', (token: string) => `Basic ${token}`],
    ['twice', (token: string) => `Bearer ${token} ${token}`],
    ['with a word behind', (token: string) => `Bearer ${token} x`],
    ['behind 600 letters', (token: string) => `Bearer ${'a'.repeat(600)}${token}`],
    ['empty', () => 'Bearer '],
  ] as const)
    it(`with the token ${what} is refused in SCIM’s words`, async () => {
      await expectRefused(await ask({ authorization: shape(host.token) }), /The bearer token is not valid/);
    });

  it('through a pinned URL wants the token of that connection', async () => {
    const authorization = `Bearer ${host.token}`;
    expect((await ask({ authorization }, '/connections/default/Users')).status).to.equal(200);
    await expectRefused(await ask({ authorization }, '/connections/other/Users'), /another connection/);
    await expectRefused(await ask({ authorization }, '/connections/nowhere/Users'), /another connection/);
    await expectRefused(await ask({ authorization }, '/connections/DEFAULT/Users'), /another connection/);
    expect((await ask({ authorization: `Bearer ${other}` }, '/connections/other/Users')).status).to.equal(200);
  });

  it('of a paused connection is refused with what to do, and served once it is resumed', async () => {
    const connections = host.host.resolve(Connections);
    const { token, post } = await host.connect('paused');
    const change = (active: boolean) => host.database.transaction((tx) => connections.change(tx, 'paused', { active }));
    const authorization = `Bearer ${token}`;
    const list = () => ask({ authorization });
    expect((await list()).status).to.equal(200);
    await change(false);
    host.advance(5);
    const refused = await list();
    expect(refused.status).to.equal(403);
    const said = (await refused.json()) as { detail: string };
    expect({ ...said, detail: detailOf(said) }).to.deep.equal({
      schemas: [errorSchema],
      status: '403',
      detail:
        'The connection "paused" is paused; its page in the administration (connection:resume) turns it on again.',
    });
    expect((await post({ userName: 'paused@example.com' })).status).to.equal(403);
    await change(true);
    host.advance(5);
    const answer = (await (await list()).json()) as { totalResults: number };
    expect(answer.totalResults).to.equal(0);
  });

  it('is refused from five seconds after its token was revoked', async () => {
    const { token } = await host.connect('revoked');
    const authorization = `Bearer ${token}`;
    expect((await ask({ authorization })).status).to.equal(200);
    await host.database.transaction((tx) => host.host.resolve(Tokens).revoke(tx, token, host.now()));
    host.advance(5);
    await expectRefused(
      await ask({ authorization }),
      /it was revoked at 2024-05-06 \d\d:\d\d:\d\d UTC; SCIM Configuration in the administration \(token:rotate/,
    );
  });

  it('is noted as the last use of its token', async () => {
    const { token } = await host.connect('used');
    await ask({ authorization: `Bearer ${token}`, 'user-agent': 'Okta SCIM Client 1.0.0' });
    await host.host.resolve(TokenVerifier).flush();
    const [newest] = await host.host.resolve(Tokens).list(host.database);
    expect(newest).to.include({ lastUsedAddress: '127.0.0.1', lastUsedAgent: 'Okta SCIM Client 1.0.0' });
  });

  it('is answered 503, and not 401, while the database can not be asked who calls', async () => {
    const unreachable = await createTestHost({
      modules: [provisioning],
      override: [
        [
          TokenVerifier,
          { verify: () => Promise.reject(new DatabaseError('DB_UNAVAILABLE', 'away')), flush: async () => {} },
        ],
      ],
    });
    try {
      const { url } = await unreachable.listen();
      const answer = await fetch(`${url}/scim/v2/Users`, { headers: { authorization: `Bearer ${host.token}` } });
      expect(answer.status).to.equal(503);
      expect(Number(answer.headers.get('retry-after'))).to.be.above(0);
      expect(await answer.json()).to.deep.include({ schemas: [errorSchema], status: '503' });
    } finally {
      await unreachable.close();
    }
  });

  it('leaves no token in the log, whether it was good or bad', async () => {
    for (const authorization of [host.token, `Bearer Bearer ${host.token}`, `Basic ${host.token}`, `Bearer ${other}x`])
      await (await ask({ authorization })).text();
    expect(logged.join('\n')).not.to.contain(host.token.slice(13)).and.not.contain(other.slice(13));
  });
});
