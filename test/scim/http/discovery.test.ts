import { expect } from 'chai';
import { enterpriseUserSchema, groupSchema, userSchema } from '../../../modules/scim/index.ts';
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
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: true, maxResults: 1000 },
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

  it('takes no filter, and passes over all other parameters', async () => {
    for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig', '/ResourceTypes/User']) {
      expect((await server.send('GET', `${path}?filter=id%20pr`)).status, path).to.equal(403);
      expect(
        (await server.send('GET', `${path}?startIndex=x&count=1&sortBy=nope&attributes=id`)).status,
        path,
      ).to.equal(200);
    }
  });
});
