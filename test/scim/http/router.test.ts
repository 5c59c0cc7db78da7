import { expect } from 'chai';
import { type Resource, ScimError, unavailable } from '../../../modules/scim/index.ts';
import { type MemoryServer, startMemoryServer } from './memory-server.ts';
import { anna, CORE, patchOp } from './messages.ts';

describe('the SCIM router', () => {
  let server: MemoryServer;
  beforeEach(async () => {
    server = await startMemoryServer();
  });
  afterEach(() => server.close());

  const create = async (body: object = anna): Promise<string> => {
    const { json } = await server.send('POST', '/Users', { body });
    return String(json.id);
  };

  describe('serves a resource type', () => {
    it('POST answers 201 with the resource, its Location and no password', async () => {
      const answer = await server.send('POST', '/Users', { body: { ...anna, password: 's3cret', groups: [] } });
      expect(answer.status).to.equal(201);
      expect(answer.headers.location).to.equal(`${server.baseUrl}/Users/u1`);
      expect(answer.json).to.include({ id: 'u1', userName: 'anna@example.com', active: true });
      expect(answer.json).to.have.nested.property('meta.location', `${server.baseUrl}/Users/u1`);
      expect(answer.text).not.to.include('s3cret');
      expect(server.users.passwords.get('u1')).to.equal('s3cret');
    });

    it('GET answers the resource, HEAD the same without a body', async () => {
      const id = await create();
      const got = await server.send('GET', `/Users/${id}`);
      expect(got.status).to.equal(200);
      expect(got.json).to.have.property('id', id);
      const head = await server.send('HEAD', `/Users/${id}`);
      expect(head).to.include({ status: 200, text: '' });
      expect(head.headers['content-length']).to.equal(String(got.text.length));
    });

    it('PUT replaces and does not merge', async () => {
      const id = await create();
      const body = {
        schemas: [CORE],
        id: 'other',
        userName: 'anna@example.com',
        active: 'False',
        meta: { location: 'x' },
      };
      const { status, json } = await server.send('PUT', `/Users/${id}`, { body });
      expect(status).to.equal(200);
      expect(json).to.include({ id, active: false });
      expect(json).not.to.have.property('name');
    });

    it('PATCH answers 200 with the resource', async () => {
      const id = await create();
      const body = patchOp({ op: 'Replace', path: 'name.givenName', value: 'Anne' });
      const { status, json } = await server.send('PATCH', `/Users/${id}`, { body });
      expect(status).to.equal(200);
      expect(json.name).to.deep.equal({ givenName: 'Anne' });
    });

    it('DELETE answers 204 without a body, then everything 404', async () => {
      const id = await create();
      const gone = await server.send('DELETE', `/Users/${id}`);
      expect(gone).to.include({ status: 204, text: '' });
      expect(gone.headers).not.to.have.property('content-type');
      for (const method of ['GET', 'DELETE']) {
        expect((await server.send(method, `/Users/${id}`)).json).to.include({ status: '404' });
      }
    });

    it('duplicates are 409 uniqueness (ory/polis#4067)', async () => {
      await create();
      const { status, json } = await server.send('POST', '/Users', {
        body: { ...anna, userName: ' ANNA@example.com' },
      });
      expect(status).to.equal(409);
      expect(json).to.include({ status: '409', scimType: 'uniqueness' });
    });

    it('attributes and excludedAttributes shape every answer with a resource', async () => {
      const created = await server.send('POST', '/Users?attributes=userName', { body: anna });
      expect(Object.keys(created.json)).to.have.members(['schemas', 'id', 'userName']);
      const id = created.json.id;
      const got = await server.send('GET', `/Users/${id}?excludedAttributes=name,meta`);
      expect(Object.keys(got.json)).to.have.members(['schemas', 'id', 'userName', 'active']);
      const body = patchOp({ op: 'replace', path: 'active', value: false });
      const patched = await server.send('PATCH', `/Users/${id}?attributes=active`, { body });
      expect(patched.json).to.deep.equal({ schemas: [CORE], id, active: false });
    });
  });

  describe('lists', () => {
    beforeEach(async () => {
      for (const name of ['a', 'b', 'c']) await create({ ...anna, userName: name });
    });
    const names = (json: Record<string, unknown>): unknown[] =>
      (json.Resources as { userName: string }[]).map(({ userName }) => userName);

    it('pages, and itemsPerPage is what was returned (ory/polis#4054)', async () => {
      const { json } = await server.send('GET', '/Users?startIndex=2&count=100');
      expect(json).to.include({ totalResults: 3, startIndex: 2, itemsPerPage: 2 });
      expect(names(json)).to.deep.equal(['b', 'c']);
    });

    it('startIndex below 1 is 1, a negative count is 0, count is capped', async () => {
      const low = await server.send('GET', '/Users?startIndex=-5&count=1');
      expect(low.json).to.include({ startIndex: 1, itemsPerPage: 1 });
      const none = await server.send('GET', '/Users?count=-1');
      expect(none.json).to.deep.include({ totalResults: 3, itemsPerPage: 0, Resources: [] });
      const zero = await server.send('GET', '/Users?count=0');
      expect(zero.json).to.include({ totalResults: 3, itemsPerPage: 0 });
      const past = await server.send('GET', '/Users?startIndex=1000001&count=99999999999999999999');
      expect(past.json).to.deep.include({ totalResults: 3, Resources: [] });
    });

    it('what is no integer is invalidValue', async () => {
      for (const query of [
        'startIndex=x',
        'count=1.5',
        'count=0x10',
        'startIndex=1e999',
        'sortOrder=up',
        'sortBy=nope',
      ]) {
        const { status, json } = await server.send('GET', `/Users?${query}`);
        expect(status, query).to.equal(400);
        expect(json.scimType, query).to.equal('invalidValue');
      }
    });

    it('filters; misses are empty lists, bad filters are invalidFilter', async () => {
      const hit = await server.send('GET', `/Users?filter=${encodeURIComponent('userName eq "B"')}`);
      expect(names(hit.json)).to.deep.equal(['b']);
      const miss = await server.send('GET', '/Users?filter=userName%20eq%20%22x%22');
      expect(miss).to.have.property('status', 200);
      expect(miss.json).to.deep.include({ totalResults: 0, Resources: [] });
      const bad = await server.send('GET', '/Users?filter=nope%20eq%20%22x%22');
      expect(bad.json).to.include({ status: '400', scimType: 'invalidFilter' });
    });

    it('OneLogin writes blanks as + and ends with & or ?', async () => {
      const { json } = await server.send('GET', '/Users?filter=userName+eq+%22b%22&');
      expect(names(json)).to.deep.equal(['b']);
      expect((await server.send('GET', '/Users?')).json).to.include({ totalResults: 3 });
    });

    it('a + in a filter whose blanks are %20 is a plus', async () => {
      await create({ ...anna, userName: 'a+b@x' });
      const { json } = await server.send('GET', '/Users?filter=userName%20eq%20%22a+b@x%22');
      expect(names(json)).to.deep.equal(['a+b@x']);
    });

    it('a parameter given twice or badly encoded is refused', async () => {
      const filter = 'filter=userName%20eq%20%22b%22';
      expect((await server.send('GET', `/Users?${filter}&${filter}`)).json).to.include({ scimType: 'invalidSyntax' });
      expect((await server.send('GET', '/Users?filter=%')).json).to.include({ scimType: 'invalidSyntax' });
    });

    it('POST /Users/.search takes the same query as a message', async () => {
      const body = {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        filter: 'userName gt "a"',
        attributes: ['userName'],
        startIndex: 2,
        count: 1,
      };
      const { status, json } = await server.send('POST', '/Users/.search', { body });
      expect(status).to.equal(200);
      expect(json).to.include({ totalResults: 2, itemsPerPage: 1, startIndex: 2 });
      expect((json.Resources as object[])[0]).to.have.all.keys('schemas', 'id', 'userName');
      expect((await server.send('POST', '/Users/.search', { body: { filter: 7 } })).json).to.include({
        scimType: 'invalidValue',
      });
    });

    it('POST /.search goes over all types; a filter has to fit one of them', async () => {
      await server.send('POST', '/Groups', { body: { displayName: 'b' } });
      const search = async (body: object) => (await server.send('POST', '/.search', { body })).json;
      const all = await search({ startIndex: 3, count: 10 });
      expect(all).to.include({ totalResults: 4, startIndex: 3, itemsPerPage: 2 });
      expect((all.Resources as { id: string }[]).map(({ id }) => id)).to.deep.equal(['u3', 'g1']);
      expect(await search({ filter: 'members pr or displayName eq "b"' })).to.include({ totalResults: 1 });
      expect(await search({ filter: 'nope pr' })).to.include({ scimType: 'invalidFilter' });
    });
  });

  describe('understands addresses', () => {
    it('with doubled and trailing slashes, and names in another case', async () => {
      const id = await create();
      for (const path of [`//Users//${id}`, `/Users/${id}/`, `/users/${id}`, `/Users/${id}?`]) {
        expect((await server.send('GET', path)).json, path).to.have.property('id', id);
      }
      expect((await server.send('GET', '/Users/')).json).to.include({ totalResults: 1 });
    });

    it('pinned to a connection, whose code authentication is given', async () => {
      const { status } = await server.send('GET', '/connections/my%20shop/Users');
      expect(status).to.equal(200);
      expect(server.finished[0]).to.include({ connection: 'my shop', caller: 'my shop', path: '/Users' });
    });
  });

  describe('speaks to each in its media type', () => {
    it('application/scim+json without a charset, unless JSON alone is asked for (azure-docs#104859)', async () => {
      const cases: [string | undefined, string][] = [
        [undefined, 'application/scim+json'],
        ['application/scim+json', 'application/scim+json'],
        ['application/scim+json; charset=utf-8', 'application/scim+json'],
        ['*/*', 'application/scim+json'],
        ['application/json, text/plain, */*', 'application/scim+json'],
        ['application/json', 'application/json'],
        ['application/json; charset=utf-8', 'application/json'],
        ['text/html', 'application/scim+json'],
      ];
      for (const [accept, expected] of cases) {
        const { headers } = await server.send('GET', '/Users', { headers: { Accept: accept } });
        expect(headers['content-type'], accept).to.equal(expected);
        expect(headers).to.include({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      }
    });

    it('and takes either, in UTF-8, and JSON without a type', async () => {
      const types = [
        undefined,
        'application/json',
        'application/json; charset=UTF-8',
        'Application/SCIM+JSON;charset="utf-8"',
      ];
      for (const [index, type] of types.entries()) {
        const body = { ...anna, userName: `user ${index}` };
        const { status } = await server.send('POST', '/Users', { body, headers: { 'Content-Type': type } });
        expect(status, type).to.equal(201);
      }
      const bom = await server.send('POST', '/Users', { raw: `\u{feff}${JSON.stringify(anna)}` });
      expect(bom.status).to.equal(201);
    });
  });

  it('tells what happened to every request', async () => {
    const id = await create({ ...anna, active: 'True', nope: 1 });
    await server.send('GET', '/Users/none');
    await server.send('PATCH', `/Users/${id}`, { body: patchOp({ op: 'replace', path: 'active', value: true }) });
    await server.send('GET', '/Users', { headers: { Authorization: undefined } });
    const [created, missed, unchanged, stranger] = server.finished;
    expect(created).to.deep.include({
      method: 'POST',
      path: '/Users',
      operation: 'create',
      status: 201,
      resourceType: 'User',
      resourceId: id,
      caller: 'default',
      notes: ['string-boolean: active'],
      ignored: ['nope'],
    });
    expect(missed).to.deep.include({ operation: 'read', status: 404, resourceId: 'none' });
    expect(missed?.error).to.be.instanceOf(ScimError);
    expect(unchanged).to.include({ operation: 'patch', outcome: 'unchanged' });
    expect(stranger).to.include({ operation: 'unknown', status: 401 }).and.not.have.property('caller');
  });

  it('answers 304 to a client that has the version, and ETag to all', async () => {
    const id = await create();
    const got = await server.send('GET', `/Users/${id}`);
    const version = (got.json.meta as Resource).version as string;
    expect(got.headers.etag).to.equal(version);
    for (const known of [`W/"0", ${version}`, version, version.slice(2), '*']) {
      const answer = await server.send('GET', `/Users/${id}`, { headers: { 'If-None-Match': known } });
      expect(answer, known).to.include({ status: 304, text: '' });
      expect(answer.headers.etag).to.equal(version);
    }
    const other = await server.send('GET', `/Users/${id}`, { headers: { 'If-None-Match': 'W/"0"', 'If-Match': 'x' } });
    expect(other.status).to.equal(200);
  });
});

describe('the SCIM router with options', () => {
  it('maps errors of lower layers', async () => {
    const server = await startMemoryServer({ options: { mapError: () => unavailable(7) } });
    server.users.list = async () => {
      throw new Error('connect ECONNREFUSED');
    };
    const { status, headers, json } = await server.send('GET', '/Users');
    expect(status).to.equal(503);
    expect(headers['retry-after']).to.equal('7');
    expect(json).to.include({ status: '503' });
    expect(server.faults).to.deep.equal([]);
    await server.close();
  });

  it('keeps its limits', async () => {
    const server = await startMemoryServer({ options: { limits: { bodyBytes: 100, maxCount: 2, defaultCount: 1 } } });
    for (const userName of ['a', 'b', 'c']) await server.send('POST', '/Users', { body: { userName } });
    expect((await server.send('GET', '/Users')).json).to.include({ itemsPerPage: 1 });
    expect((await server.send('GET', '/Users?count=3')).json).to.include({ itemsPerPage: 2 });
    expect((await server.send('POST', '/Users', { body: { userName: 'x'.repeat(100) } })).status).to.equal(413);
    expect((await server.send('GET', '/ServiceProviderConfig')).json).to.have.nested.property('filter.maxResults', 2);
    await server.close();
  });

  it('in interop-strict refuses what compat understands', async () => {
    const server = await startMemoryServer({ mode: 'interop-strict' });
    const odd: [string, string, object][] = [
      ['POST', '/Users', { schemas: [CORE], userName: 'a', active: 'True' }],
      ['POST', '/Users', { schemas: [CORE], userName: 'a', nope: 1 }],
      ['POST', '/Users', { userName: 'a' }],
      ['POST', '/Users/.search', { filter: 'title pr' }],
      ['PATCH', '/Users/1', patchOp({ op: 'replace', value: { active: false } })],
    ];
    for (const [method, path, body] of odd) expect((await server.send(method, path, { body })).status).to.equal(400);
    const untyped = await server.send('POST', '/Users', { body: anna, headers: { 'Content-Type': undefined } });
    expect(untyped.status).to.equal(415);
    await server.close();
  });
});
