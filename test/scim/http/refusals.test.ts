import { expect } from 'chai';
import { type MemoryServer, startMemoryServer } from './memory-server.ts';
import { anna, ERROR, patchOp } from './messages.ts';

describe('the SCIM router refuses in SCIM JSON', () => {
  let server: MemoryServer;
  beforeEach(async () => {
    server = await startMemoryServer();
  });
  afterEach(() => server.close());

  const create = async (body: object = anna): Promise<string> => {
    const { json } = await server.send('POST', '/Users', { body });
    return String(json.id);
  };
  it('missing and wrong tokens with 401, WWW-Authenticate and a detail, on every path', async () => {
    for (const authorization of [undefined, 'non-token', 'Bearer wrong']) {
      for (const path of ['/Users', '/Nothing', '/Schemas', '']) {
        const { status, headers, json } = await server.send('GET', path, {
          headers: { Authorization: authorization },
        });
        expect(status).to.equal(401);
        expect(headers['www-authenticate']).to.match(/^Bearer/);
        expect(json).to.deep.include({ schemas: [ERROR], status: '401' });
        expect(json.detail).to.be.a('string');
      }
    }
  });

  it('unknown endpoints with 404', async () => {
    for (const path of [
      '/Nothing',
      '',
      '/',
      '/Users/1/2',
      '/connections',
      '/Schemas/urn:none',
      '/ResourceTypes/x',
      '/Users/0',
      '/Nope/.search',
    ]) {
      const { status, json } = await server.send('GET', path);
      expect(status, path).to.equal(404);
      expect(json, path).to.deep.include({ schemas: [ERROR], status: '404' });
    }
  });

  it('wrong verbs with 405 and Allow', async () => {
    const cases: [string, string, string][] = [
      ['DELETE', '/Users', 'GET, POST, HEAD'],
      ['POST', '/Users/1', 'GET, PUT, PATCH, DELETE, HEAD'],
      ['GET', '/Users/.search', 'POST'],
      ['POST', '/Schemas', 'GET, HEAD'],
      ['PUT', '/ServiceProviderConfig', 'GET, HEAD'],
      ['OPTIONS', '/Users', 'GET, POST, HEAD'],
      ['GET', '/Bulk', 'POST'],
      ['GET', '/.search', 'POST'],
    ];
    for (const [method, path, allow] of cases) {
      const { status, headers } = await server.send(method, path);
      expect(status, `${method} ${path}`).to.equal(405);
      expect(headers.allow, `${method} ${path}`).to.equal(allow);
    }
  });

  it('/Me with 501', async () => {
    for (const [method, path] of [
      ['GET', '/Me'],
      ['PATCH', '/Me/x'],
      ['POST', '/me/'],
    ] as const) {
      expect((await server.send(method, path)).json).to.include({ status: '501' });
    }
  });

  it('bodies that are not JSON, without quoting them', async () => {
    for (const raw of [
      '{"password":"s3cret"',
      's3cret',
      '[1,]',
      '',
      '\u{feff}',
      Buffer.from('{"userName":"\xff"}', 'latin1'),
    ]) {
      const { status, json, text } = await server.send('POST', '/Users', { raw });
      expect(status, String(raw)).to.equal(400);
      expect(json.scimType, String(raw)).to.equal('invalidSyntax');
      expect(text).not.to.include('s3cret');
    }
  });

  it('bodies that are no resource', async () => {
    for (const body of [[], 'x', 7, null, {}]) {
      expect((await server.send('POST', '/Users', { body })).status, JSON.stringify(body)).to.equal(400);
    }
  });

  it('media types that are not SCIM or JSON in UTF-8, with 415', async () => {
    const types = [
      'text/plain',
      'application/xml',
      'application/json; charset=iso-8859-1',
      'application/json-patch+json',
    ];
    for (const type of types) {
      const { status, json } = await server.send('POST', '/Users', { body: anna, headers: { 'Content-Type': type } });
      expect(status, type).to.equal(415);
      expect(json.schemas, type).to.deep.equal([ERROR]);
    }
    const zipped = await server.send('POST', '/Users', { body: anna, headers: { 'Content-Encoding': 'gzip' } });
    expect(zipped.status).to.equal(415);
  });

  it('bodies above 1 MiB with 413, with and without a length in the head', async () => {
    const raw = JSON.stringify({ ...anna, title: 'x'.repeat(1024 * 1024) });
    const told = await server.send('POST', '/Users', { raw });
    expect(told.json).to.include({ status: '413' });
    const chunked = await server.send('POST', '/Users', { raw, headers: { 'Transfer-Encoding': 'chunked' } });
    expect(chunked.json).to.include({ status: '413' });
    const body = { ...anna, title: '' };
    const title = 'x'.repeat(1024 * 1024 - JSON.stringify(body).length);
    expect((await server.send('POST', '/Users', { body: { ...body, title } })).status).to.equal(201);
  });

  it('nesting above 32, however deep', async () => {
    const nested = (depth: number): string => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
    for (const depth of [33, 200, 100_000]) {
      const { json } = await server.send('POST', '/Users', { raw: nested(depth) });
      expect(json, String(depth)).to.include({ status: '400', scimType: 'invalidSyntax' });
      expect(json.detail).to.match(/nested/);
    }
    expect((await server.send('POST', '/Users', { raw: nested(32) })).json.detail).not.to.match(/nested/);
  });

  it('__proto__, constructor and prototype anywhere', async () => {
    const id = await create();
    const bodies = [
      '{"userName":"x","__proto__":{"polluted":1}}',
      '{"userName":"x","name":{"constructor":{"prototype":{"polluted":1}}}}',
      '{"userName":"x","emails":[{"prototype":1}]}',
      '{"userName":"x","\\u005f_proto__":{}}',
    ];
    for (const raw of bodies) {
      for (const [method, path] of [
        ['POST', '/Users'],
        ['PUT', `/Users/${id}`],
      ] as const) {
        expect((await server.send(method, path, { raw })).json, raw).to.include({ scimType: 'invalidSyntax' });
      }
    }
    for (const path of ['__proto__.polluted', 'name.__proto__', 'constructor.prototype.polluted']) {
      const body = patchOp({ op: 'add', path, value: 'x' });
      expect((await server.send('PATCH', `/Users/${id}`, { body })).json, path).to.include({
        scimType: 'invalidPath',
      });
    }
    expect({}).not.to.have.property('polluted');
  });

  it('what goes wrong below with 500 that says only where to look it up', async () => {
    server.users.get = async () => {
      throw new Error('secret table name');
    };
    const { status, json, text, headers } = await server.send('GET', '/Users/1');
    expect(status).to.equal(500);
    expect(text).not.to.include('secret');
    expect(json.detail).to.include(headers['x-request-id']);
    expect(server.faults).to.have.length(1);
  });

  it('whatever it is, with the id of the request in the header and in the detail', async () => {
    for (const [method, path] of [
      ['GET', '/Users/nobody'],
      ['GET', '/nowhere'],
      ['GET', '/Users?filter=x'],
    ] as const) {
      const { json, headers } = await server.send(method, path);
      expect(json.detail, path).to.match(new RegExp(` \\(Request ${headers['x-request-id']}\\)$`));
    }
  });
});
