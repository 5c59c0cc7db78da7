import { answer, json, type MountedOperation, type SecurityScheme } from '../../framework/index.ts';
import { enterpriseUserSchema } from '../schema/enterprise-user.ts';
import { groupResourceType } from '../schema/group.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { userResourceType, userSchema } from '../schema/user.ts';
import { examples } from './examples.ts';
import {
  bulkAnswerSchema,
  bulkSchema,
  configSchema,
  listSchema,
  patchSchema,
  resourceTypeSchema,
  schemaSchema,
  scimJson,
  scimRefusal,
  searchSchema,
} from './messages.ts';
import { resourceSchema } from './resource-schema.ts';

const { text, number, said } = json;

const projection = {
  attributes: said('Attributes to be answered, with commas.'),
  excludedAttributes: said('Attributes to be left out, with commas.'),
};
const query = (filter: string) => ({
  filter: { description: 'RFC 7644 §3.4.2.2.', type: 'string', examples: [filter] },
  sortBy: text,
  sortOrder: json.oneOf(['ascending', 'descending']),
  startIndex: said('From 1.', number),
  count: number,
  cursor: said('Empty for the first page, then `nextCursor` of the page before (RFC 9865).'),
  ...projection,
});

type Described = Omit<MountedOperation, 'refusal' | 'security'>;

/** What is served of one resource type. */
function ofType(type: ResourceType): readonly Described[] {
  const { name, endpoint } = type;
  const tag = `SCIM ${name}s`;
  const one = `${endpoint}/:id`;
  const thing = name.toLowerCase();
  const path = { id: said(`The id of the ${thing}.`) };
  const schema = resourceSchema(type);
  const { whole, renamed, patch, filter } = examples[thing === 'user' ? 'user' : 'group'];
  const resource = (description: string) => answer(description, schema, scimJson);
  const page = answer('A page of them.', listSchema(`${name}List`, schema), scimJson);
  const body = (example: unknown) => ({ schema, example, type: scimJson });
  return [
    { tag, method: 'GET', at: endpoint, summary: `List ${thing}s`, query: query(filter), answers: { 200: page } },
    {
      tag,
      method: 'POST',
      at: endpoint,
      summary: `Create a ${thing}`,
      query: projection,
      body: body(whole),
      answers: { 201: resource(`The ${thing} with its id; \`Location\` and \`ETag\` are in the headers.`) },
    },
    {
      tag,
      method: 'POST',
      at: `${endpoint}/.search`,
      summary: `Search ${thing}s`,
      description: 'As listing them, with the query in the body, where logs do not show it.',
      body: {
        schema: searchSchema,
        example: { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter, count: 10 },
        type: scimJson,
      },
      answers: { 200: page },
    },
    {
      tag,
      method: 'GET',
      at: one,
      summary: `Read a ${thing}`,
      path,
      query: projection,
      answers: { 200: resource(`The ${thing}.`) },
    },
    {
      tag,
      method: 'PUT',
      at: one,
      summary: `Replace a ${thing}`,
      description: 'What is left out is cleared.',
      path,
      query: projection,
      body: body(renamed),
      answers: { 200: resource(`The ${thing} as it is now.`) },
    },
    {
      tag,
      method: 'PATCH',
      at: one,
      summary: `Change a ${thing}`,
      path,
      query: projection,
      body: {
        schema: patchSchema,
        example: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: patch },
        type: scimJson,
      },
      answers: { 200: resource(`The ${thing} as it is now.`) },
    },
    { tag, method: 'DELETE', at: one, summary: `Delete a ${thing}`, path, answers: { 204: answer('It is gone.') } },
  ];
}

const everything = listSchema('ResourceList', json.record);
const tag = 'SCIM';

const ofService: readonly Described[] = [
  {
    tag,
    method: 'POST',
    at: '/.search',
    summary: 'Search all resources',
    body: {
      schema: searchSchema,
      example: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        filter: 'meta.lastModified gt "2024-01-01T00:00:00Z"',
      },
      type: scimJson,
    },
    answers: { 200: answer('A page of users and groups.', everything, scimJson) },
  },
  {
    tag,
    method: 'POST',
    at: '/Bulk',
    summary: 'Carry out several operations',
    body: { schema: bulkSchema, example: examples.bulk, type: scimJson },
    answers: { 200: answer('What came of each.', bulkAnswerSchema, scimJson) },
  },
  {
    tag,
    method: 'GET',
    at: '/ServiceProviderConfig',
    summary: 'What is supported',
    answers: { 200: answer('Capabilities and limits.', configSchema, scimJson) },
  },
  {
    tag,
    method: 'GET',
    at: '/ResourceTypes',
    summary: 'List the resource types',
    answers: { 200: answer('All of them.', listSchema('ResourceTypeList', resourceTypeSchema), scimJson) },
  },
  {
    tag,
    method: 'GET',
    at: '/ResourceTypes/:id',
    summary: 'Read a resource type',
    path: { id: { type: 'string', description: 'User or Group.', examples: ['User'] } },
    answers: { 200: answer('The resource type.', resourceTypeSchema, scimJson) },
  },
  {
    tag,
    method: 'GET',
    at: '/Schemas',
    summary: 'List the schemas',
    description: 'The attributes of the store’s own customers are in an extension of their own.',
    answers: { 200: answer('All of them.', listSchema('SchemaList', schemaSchema), scimJson) },
  },
  {
    tag,
    method: 'GET',
    at: '/Schemas/:id',
    summary: 'Read a schema',
    path: { id: { type: 'string', description: 'Its URN.', examples: [enterpriseUserSchema.id, userSchema.id] } },
    answers: { 200: answer('The schema.', schemaSchema, scimJson) },
  },
];

/**
 * Everything that the router serves below its path, in words; `security` opens all of it. The same is served below
 * `/connections/<code>` for the connection that has this code.
 */
export const scimOperations = (security: SecurityScheme): readonly MountedOperation[] =>
  [...ofType(userResourceType), ...ofType(groupResourceType), ...ofService].map((described) => ({
    ...described,
    refusal: scimRefusal,
    security: [security],
  }));
