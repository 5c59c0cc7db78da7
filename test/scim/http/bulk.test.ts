import { expect } from 'chai';
import { forbidden, type Resource, ScimError, unavailable } from '../../../modules/scim/index.ts';
import { type MemoryServer, type Received, startMemoryServer } from './memory-server.ts';

const BULK = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const user = (bulkId: string, more: object = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { schemas: [USER], userName: bulkId, ...more },
});
const group = (bulkId: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { schemas: [GROUP], displayName: bulkId, members: members.map((one) => ({ value: `bulkId:${one}` })) },
});
const patch = (path: string, operation: object, more: object = {}) => ({
  method: 'PATCH',
  path,
  data: { schemas: [PATCH], Operations: [operation] },
  ...more,
});

describe('POST /Bulk', () => {
  let server: MemoryServer;
  beforeEach(async () => {
    server = await startMemoryServer();
  });
  afterEach(() => server.close());

  const send = (Operations: unknown, more: object = {}): Promise<Received> =>
    server.send('POST', '/Bulk', { body: { schemas: [BULK], Operations, ...more } });
  const bulk = async (...operations: unknown[]): Promise<Resource[]> => {
    const { status, json } = await send(operations);
    expect(status).to.equal(200);
    expect(json.schemas).to.deep.equal(['urn:ietf:params:scim:api:messages:2.0:BulkResponse']);
    return json.Operations as Resource[];
  };
  const statuses = (answers: readonly Resource[]): unknown[] => answers.map(({ status }) => status);
  const detail = (answer: Resource | undefined): unknown => (answer?.response as Resource | undefined)?.detail;

  it('answers each operation with method, bulkId, location, version and status as a string', async () => {
    const [made] = await bulk(user('a'));
    const { json } = await server.send('GET', '/Users/u1');
    const version = (json.meta as Resource).version;
    expect(made).to.deep.equal({
      method: 'POST',
      bulkId: 'a',
      location: `${server.baseUrl}/Users/u1`,
      version,
      status: '201',
    });
    const [replaced, patched, deleted] = await bulk(
      { method: 'put', path: '/Users/u1', data: { schemas: [USER], userName: 'b' } },
      patch('/Users/u1', { op: 'add', path: 'title', value: 'x' }),
      { method: 'DELETE', path: '/Users/u1' },
    );
    for (const answer of [replaced, patched]) {
      expect(answer).to.include({ status: '200', location: `${server.baseUrl}/Users/u1` });
      expect(answer).not.to.have.property('response');
    }
    expect(patched?.version).not.to.equal(replaced?.version);
    expect(deleted).to.deep.equal({ method: 'DELETE', location: `${server.baseUrl}/Users/u1`, status: '204' });
  });

  it('answers an error with its body, and a location only where a resource is named', async () => {
    await bulk(user('a'));
    const [twin, lost] = await bulk(user('a'), patch('/Users/u9', { op: 'remove', path: 'title' }));
    expect(twin).to.deep.include({ status: '409', bulkId: 'a' }).and.not.to.have.property('location');
    expect(twin?.response).to.include({ status: '409', scimType: 'uniqueness' });
    expect(lost).to.deep.include({ status: '404', location: `${server.baseUrl}/Users/u9` });
  });

  describe('puts ids in the place of bulkIds', () => {
    it('in values, in any order of the operations, which are answered in the order sent', async () => {
      const answers = await bulk(group('g', 'b', 'a'), user('a'), user('b'), group('h', 'g'));
      expect(statuses(answers)).to.deep.equal(['201', '201', '201', '201']);
      expect(answers.map(({ bulkId }) => bulkId)).to.deep.equal(['g', 'a', 'b', 'h']);
      const members = (path: string): Promise<unknown> => server.send('GET', path).then(({ json }) => json.members);
      expect(await members('/Groups/g1')).to.deep.equal([{ value: 'u2' }, { value: 'u1' }]);
      expect(await members('/Groups/g2')).to.deep.equal([{ value: 'g1' }]);
    });

    it('in paths of operations and of PATCH', async () => {
      const answers = await bulk(
        patch('/Groups/bulkId:g', { op: 'remove', path: 'members[value eq "bulkId:a"]' }),
        group('g', 'a', 'b'),
        user('a'),
        user('b'),
        patch('/Users/bulkId:a', { op: 'add', path: 'title', value: 'x' }, { bulkId: 'again' }),
        patch('/Groups/bulkId:g', { op: 'add', path: 'members', value: [{ value: 'bulkId:again' }] }),
      );
      expect(statuses(answers)).to.deep.equal(['200', '201', '201', '201', '200', '200']);
      const { json } = await server.send('GET', '/Groups/g1');
      expect(json.members).to.deep.equal([{ value: 'u2' }, { value: 'u1' }]);
    });

    it('but not those that no operation has', async () => {
      const answers = await bulk(group('g', 'nobody'), patch('/Users/bulkId:', { op: 'remove', path: 'title' }));
      expect(statuses(answers)).to.deep.equal(['400', '400']);
      expect(detail(answers[0])).to.match(/nobody/);
      expect(server.groups.resources.size).to.equal(0);
    });

    it('nor those of a circle: 409 for all in it, and for those that need one of them', async () => {
      const answers = await bulk(
        group('a', 'b'),
        group('b', 'a'),
        group('self', 'self'),
        group('outside', 'a'),
        user('u'),
      );
      expect(statuses(answers)).to.deep.equal(['409', '409', '409', '409', '201']);
      for (const at of [0, 1, 2]) expect(detail(answers[at])).to.match(/circle/);
      expect(detail(answers[3])).to.match(/"a" made no resource/);
      expect(server.groups.resources.size).to.equal(0);
    });

    it('nor those of a DELETE, which leaves nothing to refer to', async () => {
      await bulk(user('a'));
      const answers = await bulk({ method: 'DELETE', path: '/Users/u1', bulkId: 'a' }, group('g', 'a'));
      expect(statuses(answers)).to.deep.equal(['204', '409']);
    });

    it('nor those of operations that failed', async () => {
      const answers = await bulk(group('g', 'bad'), user('bad', { userName: '' }), group('h', 'g'), user('fine'));
      expect(statuses(answers)).to.deep.equal(['409', '400', '409', '201']);
      expect(detail(answers[0])).to.match(/"bad" made no resource/);
    });
  });

  it('takes an operation whole or not at all, and goes on with the others', async () => {
    await bulk(user('a'), user('b'));
    const answers = await bulk(
      patch('/Users/u1', { op: 'add', path: 'title', value: 'x' }),
      {
        ...patch('/Users/u2', {}),
        data: {
          schemas: [PATCH],
          Operations: [
            { op: 'add', path: 'title', value: 'x' },
            { op: 'add', path: 'nope', value: 1 },
          ],
        },
      },
      patch('/Users/u1', { op: 'add', path: 'nickName', value: 'y' }),
    );
    expect(statuses(answers)).to.deep.equal(['200', '400', '200']);
    expect(server.users.resources.get('u1')).to.include({ title: 'x', nickName: 'y' });
    expect(server.users.resources.get('u2')).not.to.have.property('title');
  });

  it('ends at failOnErrors errors, and answers what it came to', async () => {
    const operations = [user('a'), user('a2', { userName: 'a' }), user('b'), user('b2', { userName: 'b' }), user('c')];
    const ended = await send(operations, { failOnErrors: 2 });
    expect(statuses(ended.json.Operations as Resource[])).to.deep.equal(['201', '409', '201', '409']);
    expect(server.users.resources.size).to.equal(2);
    const once = await send([user('a'), user('d')], { failOnErrors: 1 });
    expect(statuses(once.json.Operations as Resource[])).to.deep.equal(['409']);
    for (const failOnErrors of [-1, 1.5, 'x', true]) {
      expect((await send([user('z')], { failOnErrors })).json.scimType).to.equal('invalidValue');
    }
  });

  it("takes an operation's version for If-Match, and not that of the request", async () => {
    await bulk(user('a'));
    const { json } = await server.send('GET', '/Users/u1');
    const change = { op: 'add', path: 'title', value: 'x' };
    const body = {
      schemas: [BULK],
      Operations: [
        patch('/Users/u1', change, { version: 'W/"old"' }),
        patch('/Users/u1', change, { version: (json.meta as Resource).version }),
        { method: 'DELETE', path: '/Users/u1', version: 'W/"old"' },
        patch('/Users/u1', change),
      ],
    };
    const { json: answer } = await server.send('POST', '/Bulk', { body, headers: { 'If-Match': 'W/"other"' } });
    expect(statuses(answer.Operations as Resource[])).to.deep.equal(['412', '200', '412', '200']);
  });

  it('refuses operations that make no sense, each for itself', async () => {
    const cases: [object | string, string, RegExp][] = [
      ['x', '400', /object/],
      [{ path: '/Users', bulkId: 'q' }, '400', /"method"/],
      [{ method: 'GET', path: '/Users/u1' }, '405', /POST, PUT, PATCH, DELETE/],
      [{ method: 'POST', bulkId: 'q', data: {} }, '400', /"path"/],
      [{ method: 'POST', path: '/Users', data: {} }, '400', /bulkId/],
      [{ method: 'POST', path: '/Users', bulkId: 7, data: {} }, '400', /bulkId/],
      [{ method: 'POST', path: '/Users', bulkId: '', data: {} }, '400', /bulkId/],
      [{ method: 'POST', path: '/Users', bulkId: 'q' }, '400', /"data"/],
      [{ method: 'PATCH', path: '/Users/u1' }, '400', /"data"/],
      [{ method: 'DELETE', path: '/Users/u1', version: 7 }, '400', /version/],
      [{ method: 'DELETE', path: '/Nothing/1' }, '404', /endpoint/],
      [{ method: 'DELETE', path: '/Users' }, '405', /not possible/],
      [{ method: 'POST', path: '/Users/u1', bulkId: 'q', data: {} }, '405', /not possible/],
      [{ method: 'POST', path: '/Bulk', bulkId: 'q', data: {} }, '400', /no resource/],
      [{ method: 'POST', path: '/Users/.search', bulkId: 'q', data: {} }, '400', /no resource/],
      [{ method: 'POST', path: '/.search', bulkId: 'q', data: {} }, '400', /no resource/],
      [{ method: 'PATCH', path: '/Me', data: {} }, '501', /Me/],
      [{ method: 'DELETE', path: '/connections/other/Users/u1' }, '400', /below the SCIM base/],
      [{ method: 'DELETE', path: '/Users/%ff' }, '400', /percent/],
    ];
    for (const [operation, status, reason] of cases) {
      const [refused, done] = await bulk(operation, user(`u${JSON.stringify(operation).length}-${status}-${reason}`));
      const said = JSON.stringify(operation);
      expect(refused?.status, said).to.equal(status);
      expect(detail(refused), said).to.match(reason);
      expect(done?.status, said).to.equal('201');
    }
    const twins = await bulk(user('same'), user('same', { userName: 'other' }), group('g', 'same'));
    expect(statuses(twins)).to.deep.equal(['400', '400', '409']);
  });

  it('refuses a message that is none, as a whole', async () => {
    for (const body of [[], { schemas: [BULK] }, { schemas: [BULK], Operations: [] }, { Operations: {} }]) {
      expect((await server.send('POST', '/Bulk', { body })).json).to.include({ scimType: 'invalidSyntax' });
    }
  });

  it('survives what goes wrong below, says no more than where to look it up, and goes on', async () => {
    server.groups.create = async () => {
      throw new Error('secret table name');
    };
    const { text, json } = await send([group('g'), user('a')]);
    expect(statuses(json.Operations as Resource[])).to.deep.equal(['500', '201']);
    expect(text).not.to.include('secret');
    expect(server.faults).to.have.length(1);
  });

  it('tells of every operation as if it had come alone, then of the request', async () => {
    await bulk(user('a', { active: 'True', nope: 1 }), { method: 'DELETE', path: '/Users/none' }, { method: 'GET' });
    const [made, lost, odd, whole] = server.finished;
    expect(made).to.deep.include({
      method: 'POST',
      path: '/Users',
      operation: 'create',
      bulkIndex: 0,
      status: 201,
      resourceType: 'User',
      resourceId: 'u1',
      caller: 'default',
      notes: ['string-boolean: active'],
      ignored: ['nope'],
    });
    expect(made?.requestId).to.equal(whole?.requestId);
    expect(lost).to.include({ operation: 'delete', status: 404, resourceId: 'none', bulkIndex: 1 });
    expect(lost?.error).to.be.instanceOf(ScimError);
    expect(odd).to.include({ operation: 'unknown', status: 405, bulkIndex: 2 });
    expect(whole).to.include({ operation: 'bulk', status: 200, path: '/Bulk' }).and.not.to.have.property('bulkIndex');
    expect(server.finished).to.have.length(4);
  });

  it('never takes a member __proto__', async () => {
    const raw = `{"schemas":["${BULK}"],"Operations":[{"method":"POST","path":"/Users","bulkId":"a","data":{"__proto__":{"x":1}}}]}`;
    expect((await server.send('POST', '/Bulk', { raw })).json).to.include({ scimType: 'invalidSyntax' });
  });
});

describe('POST /Bulk with limits', () => {
  it('asks for each operation whether the caller may', async () => {
    const asked: string[] = [];
    const server = await startMemoryServer({
      options: {
        authorize: (caller, { operation, resourceType = '-' }) => {
          asked.push(`${caller} ${operation} ${resourceType}`);
          if (resourceType === 'Group') throw forbidden('Not groups.');
        },
      },
    });
    const body = { schemas: [BULK], Operations: [user('a'), group('g', 'a')] };
    const { json } = await server.send('POST', '/Bulk', { body });
    expect((json.Operations as Resource[]).map(({ status }) => status)).to.deep.equal(['201', '403']);
    expect(asked).to.deep.equal(['default bulk -', 'default create User', 'default create Group']);
    expect((await server.send('GET', '/Groups')).status).to.equal(403);
    expect(server.finished.at(-1)).to.include({ operation: 'list', resourceType: 'Group', status: 403 });
    await server.close();
  });

  it('takes as many operations as announced, and not one more', async () => {
    const server = await startMemoryServer({ options: { limits: { bulkOperations: 3 } } });
    const send = (count: number): Promise<Received> =>
      server.send('POST', '/Bulk', {
        body: { schemas: [BULK], Operations: Array.from({ length: count }, (_, at) => user(`${count}-${at}`)) },
      });
    expect((await send(3)).status).to.equal(200);
    const { status, json } = await send(4);
    expect(status).to.equal(413);
    expect(json.detail).to.match(/4 operations.*3 \(maxOperations\)/);
    expect(server.users.resources.size).to.equal(3);
    const config = (await server.send('GET', '/ServiceProviderConfig')).json;
    expect(config.bulk).to.deep.include({ maxOperations: 3 });
    await server.close();
  });

  it('takes as many bytes as announced, and not one more', async () => {
    const server = await startMemoryServer({ options: { limits: { bulkBytes: 2000, bodyBytes: 100 } } });
    const raw = JSON.stringify({ schemas: [BULK], Operations: [user('a')] });
    expect((await server.send('POST', '/Bulk', { raw: raw.padEnd(2000) })).status).to.equal(200);
    expect((await server.send('POST', '/Bulk', { raw: raw.padEnd(2001) })).status).to.equal(413);
    const chunked = { raw: raw.padEnd(2001), headers: { 'Transfer-Encoding': 'chunked' } };
    expect((await server.send('POST', '/Bulk', chunked)).status).to.equal(413);
    await server.close();
  });

  it('takes data nested as deeply as in a request of its own', async () => {
    const server = await startMemoryServer({ options: { limits: { depth: 4 } } });
    const nested = (depth: number): unknown => (depth === 1 ? {} : { a: nested(depth - 1) });
    const send = async (depth: number): Promise<number> => {
      const data = { schemas: [USER], userName: `user ${depth}`, ignored: nested(depth - 1) };
      const Operations = [{ method: 'POST', path: '/Users', bulkId: 'a', data }];
      return (await server.send('POST', '/Bulk', { body: { schemas: [BULK], Operations } })).status;
    };
    expect(await send(4)).to.equal(200);
    expect(await send(5)).to.equal(400);
    await server.close();
  });

  it('does not try the others when the store is out of reach three times in a row', async () => {
    const server = await startMemoryServer({ options: { mapError: () => unavailable(7) } });
    let tried = 0;
    server.users.create = async () => {
      tried++;
      throw new Error('connect ECONNREFUSED');
    };
    const Operations = Array.from({ length: 10 }, (_, at) => user(`${at}`));
    const { json } = await server.send('POST', '/Bulk', { body: { schemas: [BULK], Operations } });
    expect((json.Operations as Resource[]).map(({ status }) => status)).to.deep.equal(Array(10).fill('503'));
    expect(tried).to.equal(3);
    await server.close();
  });

  it('is served to strict callers in the words of the RFC', async () => {
    const server = await startMemoryServer({ mode: 'interop-strict' });
    const body = { schemas: [BULK], failOnErrors: 1, Operations: [user('a', { active: 'True' }), user('b')] };
    const { json } = await server.send('POST', '/Bulk', { body });
    expect((json.Operations as Resource[]).map(({ status }) => status)).to.deep.equal(['400']);
    await server.close();
  });
});
