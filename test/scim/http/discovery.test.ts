import { expect } from 'chai';
import {
  defineSchema,
  enterpriseUserSchema,
  extendResourceType,
  groupSchema,
  userResourceType,
  userSchema,
} from '../../../modules/scim/index.ts';
import { type MemoryServer, startMemoryServer } from './memory-server.ts';

describe('discovery', () => {
  let server: MemoryServer;
  before(async () => {
    server = await startMemoryServer();
  });
  after(() => server.close());
  const get = async (path: string) => (await server.send('GET', path)).json;

  it('/ServiceProviderConfig says what is served', async () => {
    const config = await get('/ServiceProviderConfig');
    expect(config).to.deep.include({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1024 * 1024 },
      filter: { supported: true, maxResults: 1000 },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 1000,
        cursorTimeout: 3600,
      },
      meta: { resourceType: 'ServiceProviderConfig', location: `${server.baseUrl}/ServiceProviderConfig` },
    });
    expect(config).to.have.nested.property('authenticationSchemes[0].type', 'oauthbearertoken');
  });

  it('/ResourceTypes lists the types, and each stands alone', async () => {
    const list = await get('/ResourceTypes');
    expect(list).to.include({ totalResults: 2, itemsPerPage: 2, startIndex: 1 });
    const user = await get('/ResourceTypes/User');
    expect(list.Resources).to.deep.include(user);
    expect(user).to.deep.equal({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
      id: 'User',
      name: 'User',
      endpoint: '/Users',
      description: 'User Account',
      schema: userSchema.id,
      schemaExtensions: [{ schema: enterpriseUserSchema.id, required: false }],
      meta: { resourceType: 'ResourceType', location: `${server.baseUrl}/ResourceTypes/User` },
    });
  });

  it('/Schemas lists the schemas, and each stands alone, under any case', async () => {
    const list = await get('/Schemas');
    const ids = (list.Resources as { id: string }[]).map(({ id }) => id);
    expect(ids).to.deep.equal([userSchema.id, groupSchema.id, enterpriseUserSchema.id]);
    const user = await get(`/Schemas/${userSchema.id}`);
    expect(list.Resources).to.deep.include(user);
    expect(await get(`/Schemas/${userSchema.id.toLowerCase()}`)).to.deep.equal(user);
    expect(user).to.have.nested.property('meta.location', `${server.baseUrl}/Schemas/${userSchema.id}`);
  });

  it('/Schemas holds no null (Entra), and describes userName as the RFC does', async () => {
    const { text, json } = await server.send('GET', `/Schemas/${userSchema.id}`);
    expect(text).not.to.include('null');
    expect((json.attributes as object[])[0]).to.deep.include({
      name: 'userName',
      type: 'string',
      multiValued: false,
      required: true,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'server',
    });
  });

  it('never fails on a query, whatever it says and however it is written', async () => {
    for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig', '/ResourceTypes/User']) {
      const plain = await get(path);
      for (const query of ['filter=id%20pr', 'startIndex=x&count=1&sortBy=nope&attributes=id', 'a=1&a=2', 'filter=%']) {
        const { status, json } = await server.send('GET', `${path}?${query}`);
        expect(status, `${path}?${query}`).to.equal(200);
        expect(json, `${path}?${query}`).to.deep.equal(plain);
      }
    }
    expect(server.finished.some(({ notes }) => notes.includes('discovery-filter: query'))).to.equal(true);
  });

  it('tells callers that are served strictly that the interop profile is followed', async () => {
    expect(await get('/ServiceProviderConfig')).not.to.have.property('interopProfileConformant');
    const strict = await startMemoryServer({ mode: 'interop-strict' });
    const { json } = await strict.send('GET', '/ServiceProviderConfig');
    expect(json).to.have.property('interopProfileConformant', true);
    await strict.close();
  });

  it('describes a type that has changed since the last request, and leaves out what is not offered', async () => {
    const loyalty = defineSchema({
      id: 'urn:example:loyalty:1.0:User',
      name: 'Loyalty',
      description: 'What the customer has earned.',
      attributes: [
        { name: 'tier', description: 'The tier.' },
        { name: 'secret', description: 'Read, but not offered.', announced: false },
      ],
    });
    const live = await startMemoryServer();
    expect((await live.send('GET', `/Schemas/${loyalty.id}`)).status).to.equal(404);
    Object.defineProperty(live.users, 'type', { value: extendResourceType(userResourceType, loyalty) });
    const { json } = await live.send('GET', `/Schemas/${loyalty.id}`);
    expect((json.attributes as { name: string }[]).map(({ name }) => name)).to.deep.equal(['tier']);
    const { json: user } = await live.send('POST', '/Users', {
      body: { userName: 'a', [loyalty.id]: { tier: 'gold' } },
    });
    expect(user[loyalty.id]).to.deep.equal({ tier: 'gold' });
    await live.close();
  });
});
