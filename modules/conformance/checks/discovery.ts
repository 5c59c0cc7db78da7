import type { Area } from '../suite/check.ts';
import { listOf, textOf } from '../suite/json.ts';
import { LIST_RESPONSE, RESOURCE_TYPE, SERVICE_PROVIDER_CONFIG } from '../suite/urn.ts';
import { schemaChecks } from './schemas.ts';

const capabilities = ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag'];

/** ServiceProviderConfig, ResourceTypes and Schemas. */
export const discovery: Area = {
  name: 'discovery',
  checks: [
    {
      id: 'RFC7644-4-01',
      level: 'MUST',
      says: 'GET /ServiceProviderConfig answers 200 with the configuration as one object.',
      async run(client, expect) {
        const answer = await client.get('/ServiceProviderConfig');
        expect.status(answer, 200);
        expect.ok(answer.schemas.includes(SERVICE_PROVIDER_CONFIG), `schemas must contain ${SERVICE_PROVIDER_CONFIG}`);
      },
    },
    {
      id: 'RFC7643-5-01',
      level: 'MUST',
      says: 'ServiceProviderConfig says for patch, bulk, filter, changePassword, sort and etag whether it is supported.',
      async run(client, expect) {
        const { json } = await client.get('/ServiceProviderConfig');
        for (const name of capabilities)
          expect.equal(typeof json[name]?.supported, 'boolean', `type of ${name}.supported`);
      },
    },
    {
      id: 'RFC7643-5-02',
      level: 'MUST',
      says: 'ServiceProviderConfig gives bulk.maxOperations, bulk.maxPayloadSize and filter.maxResults as integers.',
      async run(client, expect) {
        const { json } = await client.get('/ServiceProviderConfig');
        const figures = [json.bulk?.maxOperations, json.bulk?.maxPayloadSize, json.filter?.maxResults];
        expect.ok(figures.every(Number.isInteger), `they are ${JSON.stringify(figures)}`);
      },
    },
    {
      id: 'RFC7643-5-03',
      level: 'MUST',
      says: 'Every authentication scheme has a type, a name and a description.',
      async run(client, expect) {
        const { json } = await client.get('/ServiceProviderConfig');
        expect.ok(Array.isArray(json.authenticationSchemes), 'authenticationSchemes must be a list');
        for (const scheme of listOf(json.authenticationSchemes))
          for (const name of ['type', 'name', 'description'])
            expect.ok(textOf(scheme[name]) !== '', `an authentication scheme has no ${name}`);
      },
    },
    {
      id: 'RFC9865-4-01',
      level: 'MUST',
      says: 'pagination, where it is announced, says of cursor and index whether they are supported.',
      async run(client, expect) {
        const { pagination } = (await client.get('/ServiceProviderConfig')).json;
        if (pagination === undefined) expect.skip('ServiceProviderConfig has no pagination');
        expect.equal(typeof pagination?.cursor, 'boolean', 'type of pagination.cursor');
        expect.equal(typeof pagination?.index, 'boolean', 'type of pagination.index');
      },
    },
    {
      id: 'RFC7644-4-02',
      level: 'MUST',
      says: 'GET /ResourceTypes answers a list of all resource types.',
      async run(client, expect) {
        const answer = await client.get('/ResourceTypes');
        expect.status(answer, 200);
        expect.ok(answer.schemas.includes(LIST_RESPONSE), `schemas must contain ${LIST_RESPONSE}`);
        expect.equal(answer.json.totalResults, answer.resources.length, 'totalResults');
        expect.ok(answer.resources.length > 0, 'there must be a resource type');
      },
    },
    {
      id: 'RFC7643-6-01',
      level: 'MUST',
      says: 'A resource type has schemas, name, endpoint and schema.',
      async run(client, expect) {
        for (const type of (await client.get('/ResourceTypes')).resources) {
          expect.ok(listOf(type.schemas).map(String).includes(RESOURCE_TYPE), `schemas must contain ${RESOURCE_TYPE}`);
          for (const name of ['name', 'endpoint', 'schema'])
            expect.ok(textOf(type[name]) !== '', `a resource type has no ${name}`);
        }
      },
    },
    {
      id: 'RFC7644-4-03',
      level: 'MUST',
      says: 'GET /ResourceTypes/<name> answers this one resource type and no list.',
      async run(client, expect) {
        const [first] = (await client.get('/ResourceTypes')).resources;
        const answer = await client.get(`/ResourceTypes/${first?.id ?? first?.name}`);
        expect.status(answer, 200);
        expect.equal(answer.json.name, first?.name, 'name');
        expect.ok(!answer.schemas.includes(LIST_RESPONSE), 'it must not be a list');
      },
    },
    {
      id: 'RFC7644-4-04',
      level: 'MUST',
      says: 'A resource type that is not there answers 404 with a SCIM error.',
      async run(client, expect) {
        expect.error(await client.get(`/ResourceTypes/${client.name('No')}`), 404);
      },
    },
    {
      id: 'RFC7644-4-05',
      level: 'MUST',
      says: 'Discovery endpoints ignore sorting and paging.',
      async run(client, expect) {
        for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas']) {
          const plain = await client.get(path);
          const asked = await client.get(`${path}?sortBy=name&startIndex=2&count=1&attributes=x`);
          expect.status(asked, 200);
          expect.equal(asked.resources.length, plain.resources.length, `number of Resources of ${asked.request}`);
        }
      },
    },
    {
      id: 'RFC7644-4-06',
      level: 'MUST',
      says: 'A filter on a discovery endpoint is refused with 403 or passed over, and never applied.',
      async run(client, expect) {
        for (const [path, filter] of [
          ['/Schemas', 'id eq "x"'],
          ['/ResourceTypes', 'name eq "x"'],
        ] as const) {
          const answer = await client.find(path, filter);
          if (answer.status === 403) expect.error(answer, 403);
          else expect.equal(answer.resources.length, (await client.get(path)).resources.length, 'number of Resources');
        }
      },
    },
    {
      id: 'RFC7644-4-07',
      level: 'SHOULD',
      says: 'Discovery endpoints can only be read.',
      async run(client, expect) {
        for (const [method, path] of [
          ['POST', '/Schemas'],
          ['PUT', '/ServiceProviderConfig'],
          ['DELETE', '/ResourceTypes'],
        ] as const) {
          const answer = await client.send(method, path, method === 'DELETE' ? {} : { body: { schemas: [] } });
          expect.ok([403, 404, 405, 501].includes(answer.status), `${answer.request} answered ${answer.status}`);
        }
      },
    },
    ...schemaChecks,
  ],
};
