import { answer, type JsonSchema, json } from '../../framework/index.ts';
import type { BulkAnswer } from '../bulk/response.ts';
import type { ErrorBody, ScimType } from '../error.ts';
import type { ListResponse } from '../messages/list-response.ts';

export const scimJson = 'application/scim+json';

const { text, number, flag, list, object, named, oneOf, said, record, anything } = json;
const schemas = list(text);

const scimTypes = [
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
  'invalidCursor',
  'expiredCursor',
  'invalidCount',
] as const satisfies readonly ScimType[];

const errorSchema = named(
  'ScimError',
  object<ErrorBody>({
    schemas,
    status: said('The HTTP status.'),
    'scimType?': oneOf(scimTypes),
    detail: said('What is wrong and what to do, with the id of the request.'),
  }),
);

/** Every refusal of the protocol (RFC 7644 §3.12). */
export const scimRefusal = answer('A refusal: what is wrong, and what to do.', errorSchema, scimJson);

/** A page of resources (RFC 7644 §3.4.2). */
export const listSchema = (title: string, resources: JsonSchema): JsonSchema =>
  named(
    title,
    object<ListResponse>({
      schemas,
      'totalResults?': number,
      'startIndex?': said('Missing on a page by cursor.', number),
      itemsPerPage: number,
      'nextCursor?': text,
      'previousCursor?': text,
      Resources: list(resources),
    }),
  );

const attributeNames = json.either(text, list(text));

export const searchSchema = named(
  'SearchRequest',
  object({
    schemas,
    'filter?': text,
    'attributes?': attributeNames,
    'excludedAttributes?': attributeNames,
    'sortBy?': text,
    'sortOrder?': oneOf(['ascending', 'descending']),
    'startIndex?': number,
    'count?': number,
    'cursor?': text,
  }),
);

export const patchSchema = named(
  'PatchOp',
  object({
    schemas,
    Operations: list(
      object({
        op: oneOf(['add', 'remove', 'replace']),
        'path?': said('Such as `emails[type eq "work"].value`.'),
        'value?': anything,
      }),
    ),
  }),
);

export const bulkSchema = named(
  'BulkRequest',
  object({
    schemas,
    'failOnErrors?': number,
    Operations: list(
      object({
        method: oneOf(['POST', 'PUT', 'PATCH', 'DELETE']),
        path: text,
        'bulkId?': said('Other operations may refer to what a POST makes as `bulkId:…`.'),
        'version?': text,
        'data?': record,
      }),
    ),
  }),
);

export const bulkAnswerSchema = named(
  'BulkResponse',
  object({
    schemas,
    Operations: list(
      object<BulkAnswer>({
        method: text,
        'bulkId?': text,
        'location?': text,
        'version?': text,
        status: said('The HTTP status.'),
        'response?': errorSchema,
      }),
    ),
  }),
);

const described = { name: text, description: text };

/** An attribute as `/Schemas` shows it; sub-attributes have none of their own. */
const attributeMembers = {
  ...described,
  type: text,
  multiValued: flag,
  required: flag,
  'canonicalValues?': list(text),
  'caseExact?': flag,
  mutability: text,
  returned: text,
  uniqueness: text,
  'referenceTypes?': list(text),
} as const;

const meta = object({ resourceType: text, location: text });

export const schemaSchema = named(
  'ScimSchema',
  object({
    schemas,
    id: text,
    ...described,
    attributes: list(object({ ...attributeMembers, 'subAttributes?': list(object(attributeMembers)) })),
    meta,
  }),
);

export const resourceTypeSchema = named(
  'ResourceType',
  object({
    schemas,
    id: text,
    ...described,
    endpoint: text,
    schema: text,
    schemaExtensions: list(object({ schema: text, required: flag })),
    meta,
  }),
);

const supported = { supported: flag };

export const configSchema = named(
  'ServiceProviderConfig',
  object({
    schemas,
    'documentationUri?': text,
    patch: object(supported),
    bulk: object({ ...supported, maxOperations: number, maxPayloadSize: number }),
    filter: object({ ...supported, maxResults: number }),
    changePassword: object(supported),
    sort: object(supported),
    etag: object(supported),
    pagination: record,
    authenticationSchemes: list(
      object({
        type: text,
        ...described,
        'specUri?': text,
        'documentationUri?': text,
        'primary?': flag,
      }),
    ),
    'interopProfileConformant?': flag,
    meta,
  }),
);
