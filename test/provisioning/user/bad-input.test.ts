import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type ScimAnswer, scimClient } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

onBothEngines('Bad input', (engine) => {
  let host: ScimHost;
  let id: string;
  before(async () => {
    host = await openHost(engine);
    id = await host.scim.create({ userName: 'good@example.com', title: 'Good' });
  });
  after(() => host.close());

  /** A SCIM error, after which everything is as it was. */
  async function refused(send: () => Promise<ScimAnswer>, status: number, scimType?: string): Promise<ScimAnswer> {
    const answer = await send();
    expect(answer.status, answer.text).to.equal(status);
    expect(answer.headers.get('content-type')).to.equal('application/scim+json');
    expect(answer.json.schemas).to.deep.equal([errorSchema]);
    expect(answer.json.status).to.equal(String(status));
    expect(answer.json.scimType).to.equal(scimType);
    expect(answer.json.detail).to.be.a('string').and.not.equal('');
    expect(await host.row(sql`SELECT COUNT(*) AS n FROM {customer_entity}`)).to.deep.equal({ n: 1 });
    expect((await host.scim.get(`/Users/${id}`)).json).to.include({ userName: 'good@example.com', title: 'Good' });
    return answer;
  }

  const bodies: readonly (readonly [what: string, body: string])[] = [
    ['malformed JSON', '{"userName": "x"'],
    ['an empty body', ' '],
    ['an array', '[]'],
    ['a string', '"x"'],
    ['null', 'null'],
    ['nesting of 33', `{"userName":"x","name":${nested(32)}}`],
    ['nesting of 100,000', nested(100_000)],
    ['a member named __proto__', '{"userName":"x","__proto__":{"admin":true}}'],
    ['a __proto__ deep inside', '{"userName":"x","name":{"__proto__":{"polluted":true}}}'],
    ['a member named constructor', '{"userName":"x","constructor":{"prototype":{"polluted":true}}}'],
  ];
  for (const [what, body] of bodies)
    it(`of ${what} is 400 invalidSyntax, for POST, PUT and PATCH`, async () => {
      for (const [method, path] of [
        ['POST', '/Users'],
        ['PUT', `/Users/${id}`],
        ['PATCH', `/Users/${id}`],
      ] as const)
        await refused(() => host.scim.send(method, path, body), 400, 'invalidSyntax');
      expect(({} as Record<string, unknown>).polluted).to.equal(undefined);
    });

  for (const path of [
    '__proto__',
    'name.__proto__',
    'constructor.prototype',
    'emails[__proto__ eq "x"].value',
    'noSuchThing',
  ])
    it(`of a PATCH path ${path} is refused`, async () => {
      const { status } = await host.scim.patch(id, { op: 'add', path, value: 'x' });
      expect(status).to.be.within(200, 400);
      expect((await host.scim.get(`/Users/${id}`)).json).to.not.have.any.keys('noSuchThing', 'constructor');
      expect(Object.keys(Object.prototype)).to.deep.equal([]);
    });

  it('of another media type is 415', async () => {
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded'])
      await refused(() => host.scim.send('POST', '/Users', '{"userName":"x"}', { 'content-type': type }), 415);
  });

  it('of 1 MiB and one byte is 413, while 1 MiB is read', async () => {
    const padded = (bytes: number) => {
      const body = '{"userName":"good@example.com"}';
      return body + ' '.repeat(bytes - body.length);
    };
    await refused(() => host.scim.send('POST', '/Users', padded(1024 * 1024 + 1)), 413);
    expect((await host.scim.send('POST', '/Users', padded(1024 * 1024))).status).to.equal(409);
  });

  it('of a type that the schema does not have is 400 invalidValue', async () => {
    for (const user of [{ userName: { a: 1 } }, { userName: 'x', name: 'Ada' }, { userName: 'x', active: 'perhaps' }])
      await refused(() => host.scim.post(user), 400, 'invalidValue');
  });

  it('of an unknown route is 404, of a wrong method 405 with Allow', async () => {
    for (const path of ['/Nothing', '/Users/1/2', '/']) await refused(() => host.scim.get(path), 404);
    const { headers } = await refused(() => host.scim.send('DELETE', '/Users'), 405);
    expect(headers.get('allow')).to.include('POST');
  });

  it('of ids that can’t be ids is 404', async () => {
    for (const odd of [
      '0',
      '-1',
      '1e3',
      '007',
      '1.0',
      '%31x',
      '4294967296',
      "1'--",
      '%20',
      '1-0',
      '99999999999999999999',
    ])
      await refused(() => host.scim.get(`/Users/${odd}`), 404);
  });

  it('without a good token is 401 with a challenge, wherever else the token stands', async () => {
    const base = `${host.url}/scim/v2`;
    const anonymous = scimClient(base, '');
    const attempts = [
      () => anonymous.get('/Users'),
      () => anonymous.get('/Nothing'),
      () => anonymous.get(`/Users?access_token=${host.token}`),
      () => anonymous.send('POST', '/Users', { userName: 'x', access_token: host.token }),
      () =>
        anonymous.send('POST', '/Users', `access_token=${host.token}`, {
          'content-type': 'application/x-www-form-urlencoded',
        }),
      () => anonymous.send('GET', '/Users', undefined, { authorization: `Basic ${btoa(`x:${host.token}`)}` }),
      () => anonymous.send('GET', '/Users', undefined, { cookie: `access_token=${host.token}` }),
      () => scimClient(base, `${host.token.slice(0, -1)}${host.token.endsWith('x') ? 'y' : 'x'}`).get('/Users'),
      () => scimClient(base, host.token.toUpperCase()).get('/Users'),
      () => scimClient(base, 'x'.repeat(2000)).get('/Users'),
    ];
    for (const attempt of attempts) {
      const { headers, text } = await refused(attempt, 401);
      expect(headers.get('www-authenticate')).to.match(/^Bearer/);
      expect(text).to.not.include(host.token.slice(8, 40));
    }
    expect((await host.scim.get(`/Users?access_token=nonsense`)).status).to.equal(200);
  });
});
