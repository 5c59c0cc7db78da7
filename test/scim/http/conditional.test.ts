import { expect } from 'chai';
import type { Resource } from '../../../modules/scim/index.ts';
import { type MemoryServer, startMemoryServer } from './memory-server.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const title = (value: string) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'title', value }],
});
const versionIn = ({ meta }: Resource): unknown => (meta as Resource).version;

describe('Versions of a resource (RFC 7644 §3.14)', () => {
  let server: MemoryServer;
  beforeEach(async () => {
    server = await startMemoryServer();
    await server.send('POST', '/Users', { body: { schemas: [CORE], userName: 'anna' } });
  });
  afterEach(() => server.close());

  it('ETag is meta.version on every answer with a resource, also where meta is not shown', async () => {
    const body = { schemas: [CORE], userName: 'bert' };
    for (const [method, path, sent] of [
      ['POST', '/Users', body],
      ['GET', '/Users/u1', undefined],
      ['HEAD', '/Users/u1', undefined],
      ['PUT', '/Users/u1', { ...body, userName: 'anna', title: 'x' }],
      ['PATCH', '/Users/u1', title('y')],
    ] as const) {
      const sending = sent === undefined ? {} : { body: sent };
      const { headers, json } = await server.send(method, path, sending);
      expect(headers.etag, method).to.match(/^W\/"/);
      if (method !== 'HEAD') expect(headers.etag, method).to.equal(versionIn(json));
      if (method === 'POST') continue;
      const part = await server.send(method, `${path}?attributes=userName`, sending);
      expect(part.headers.etag, method).to.equal(headers.etag);
    }
  });

  it('If-Match lets only the version pass that it names, on PUT, PATCH and DELETE', async () => {
    const old = (await server.send('GET', '/Users/u1')).headers.etag;
    const { headers } = await server.send('PATCH', '/Users/u1', { body: title('x') });
    const body = { schemas: [CORE], userName: 'anna' };
    for (const [method, sent] of [
      ['PUT', body],
      ['PATCH', title('y')],
      ['DELETE', undefined],
    ] as const) {
      const sending = sent === undefined ? {} : { body: sent };
      const late = await server.send(method, '/Users/u1', { ...sending, headers: { 'If-Match': old } });
      expect(late.json, method).to.include({ status: '412' });
    }
    const now = await server.send('PUT', '/Users/u1', { body, headers: { 'If-Match': `"x", ${headers.etag}` } });
    expect(now.status).to.equal(200);
    expect((await server.send('DELETE', '/Users/u1', { headers: { 'If-Match': '*' } })).status).to.equal(204);
  });

  it('of many writers who read the same version one wins', async () => {
    const { etag } = (await server.send('GET', '/Users/u1')).headers;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        server.send('PATCH', '/Users/u1', { body: title(`writer ${at}`), headers: { 'If-Match': etag } }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).to.deep.equal([200, ...Array(19).fill(412)]);
  });

  it('If-Match on a read, and If-None-Match on a write, are harmless', async () => {
    expect((await server.send('GET', '/Users/u1', { headers: { 'If-Match': '"x"' } })).status).to.equal(200);
    const patched = await server.send('PATCH', '/Users/u1', { body: title('x'), headers: { 'If-None-Match': '*' } });
    expect(patched.status).to.equal(200);
  });

  it('attributes and excludedAttributes shape a PUT as they shape any other answer', async () => {
    const body = { schemas: [CORE], userName: 'anna', title: 'x' };
    const put = await server.send('PUT', '/Users/u1?attributes=title', { body });
    expect(put.json).to.deep.equal({ schemas: [CORE], id: 'u1', title: 'x' });
    const search = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      excludedAttributes: ['meta', 'id', 'schemas'],
    };
    const { json } = await server.send('POST', '/.search', { body: search });
    expect(json.Resources).to.deep.equal([{ schemas: [CORE], id: 'u1', userName: 'anna', title: 'x' }]);
  });
});
