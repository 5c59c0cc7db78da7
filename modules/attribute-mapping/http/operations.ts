import { profiles, storedTime } from '../../connection/index.ts';
import { attributeInputs, backendTypes } from '../../customer/index.ts';
import { answer, json, type Operation, variable } from '../../framework/index.ts';
import type { MappingIssue } from '../document/issue.ts';
import type { ChangedField, ChangedRow, MappingDifference, MovedRow } from '../version/difference.ts';
import type { MappingDraft, MappingVersion, Publication, SavedDraft } from '../version/version.ts';

const { text, number, flag, list, object, oneOf, orNull, said, record, anything, named } = json;
const tag = 'Attribute mapping';
const path = { connection: said('The code of the connection.') };

const documentSchema = named('MappingDocument', {
  ...record,
  description: 'A mapping. `GET /admin/api/v1/mapping/schema` answers the JSON Schema that it has to fit.',
});

const issues = said(
  'What is wrong, or may be meant otherwise.',
  list(
    named(
      'MappingIssue',
      object<MappingIssue>({
        'row?': said('The id of the row; missing where the whole document is meant.'),
        'field?': text,
        code: text,
        message: text,
        cure: text,
        severity: oneOf(['error', 'warning']),
      }),
    ),
  ),
);

const versionMembers = {
  version: number,
  author: text,
  comment: orNull(text),
  restored: said('The version that this is a copy of; 0 is the preset.', orNull(number)),
  publishedAt: storedTime,
} as const;

const optional = {
  version: number,
  'author?': text,
  'comment?': orNull(text),
  'restored?': orNull(number),
  'publishedAt?': storedTime,
  document: documentSchema,
} as const;

const draftMembers = {
  revision: said('Changes with every change: whoever changes or publishes the draft says which they saw.', number),
  basedOn: said('The version that was in effect when it was begun.', number),
  author: text,
  changedAt: storedTime,
} as const;

const savedDraft = named('MappingDraft', object<SavedDraft>({ ...draftMembers, document: documentSchema, issues }));
const publication = named(
  'MappingPublication',
  object<Publication>({
    version: said('The version that is in effect now.', number),
    changed: said('False where it says what was in effect anyway.', flag),
    issues,
  }),
);

const fields = list(object<ChangedField>({ field: text, 'before?': anything, 'after?': anything }));
const differenceSchema = named(
  'MappingDifference',
  object<MappingDifference>({
    same: flag,
    added: list(record),
    removed: list(record),
    changed: list(object<ChangedRow>({ id: text, before: record, after: record, fields })),
    moved: list(object<MovedRow>({ id: text, from: number, to: number })),
    sources: object<MappingDifference['sources']>({
      added: list(record),
      removed: list(record),
      changed: list(object({ name: text, fields })),
    }),
  }),
);

const which = said('draft, published, preset or the number of a version.');
const over = said('The version that you know to be in effect; another one is an error.', number);
const change = { 'comment?': text, 'over?': over };
const published = answer('What is in effect now.', publication);

const exampleDocument = {
  version: 1,
  rows: [
    { id: 'first-name', type: 'direct', source: 'name.givenName', target: 'firstname' },
    { id: 'last-name', type: 'direct', source: 'name.familyName', target: 'lastname' },
  ],
};

/** What is in effect, was, and is to be, in words. */
export const versionOperations = {
  inEffect: {
    tag,
    summary: 'Show the mapping in effect',
    path,
    answers: {
      200: answer(
        'The mapping, and that there is a draft.',
        named(
          'MappingInEffect',
          object({
            connection: text,
            ...optional,
            issues,
            draft: orNull(object<Omit<MappingDraft, 'document'>>(draftMembers)),
          }),
        ),
      ),
    },
  },
  list: {
    tag,
    summary: 'List the versions of a mapping',
    path,
    query: { limit: said('100 unless said.', number), before: said('The last version shown.', number) },
    answers: { 200: answer('Newest first.', object({ versions: list(object<MappingVersion>(versionMembers)) })) },
  },
  version: {
    tag,
    summary: 'Show a version',
    path: { ...path, version: { type: 'integer', description: '0 is the preset.', examples: [0] } },
    answers: { 200: answer('The version.', object(optional)) },
  },
  compare: {
    tag,
    summary: 'Compare two mappings',
    path,
    query: { from: { ...which, examples: ['preset'] }, to: { ...which, examples: ['published'] } },
    answers: { 200: answer('What became of the one on the way to the other.', differenceSchema) },
  },
  exported: {
    tag,
    summary: 'Export a mapping',
    path,
    query: { version: which },
    answers: { 200: answer('The document, to be kept as a file.', documentSchema) },
  },
  imported: {
    tag,
    summary: 'Publish a mapping from a file',
    path,
    body: { schema: object({ document: documentSchema, ...change }), example: { document: exampleDocument } },
    answers: { 200: published },
  },
  published: {
    tag,
    summary: 'Publish the draft',
    path,
    body: {
      schema: object({ revision: said('That of the draft that you looked at.', number), ...change }),
      example: { revision: variable('DRAFT_REVISION', 1), comment: 'Departments' },
    },
    answers: { 200: published },
  },
  rolledBack: {
    tag,
    summary: 'Go back to a version',
    path,
    body: {
      schema: object({ to: said('The version; 0 is the preset.', number), ...change }),
      example: { to: 0 },
    },
    answers: { 200: published },
  },
  schema: {
    tag,
    summary: 'Read the JSON Schema of mappings',
    answers: { 200: answer('The schema.', record) },
  },
  openSchema: {
    tag,
    summary: 'Read the JSON Schema of mappings without an account',
    answers: { 200: answer('The schema.', record, 'application/schema+json') },
  },
  preset: {
    tag,
    summary: 'Show the preset of a profile',
    path: { profile: { ...oneOf(profiles), examples: ['okta'] } },
    answers: { 200: answer('The mapping that a connection of this profile begins with.', documentSchema) },
  },
} as const satisfies Record<string, Operation>;

const revision = said('That of the draft that you saw, 0 for none.', number);

/** The draft of a mapping, in words. */
export const draftOperations = {
  show: { tag, summary: 'Show the draft', path, answers: { 200: answer('The draft.', savedDraft) } },
  save: {
    tag,
    summary: 'Save the draft',
    path,
    body: {
      schema: object({ document: documentSchema, revision }),
      example: { document: exampleDocument, revision: 0 },
    },
    answers: { 200: answer('The draft, and what keeps it from being published.', savedDraft) },
  },
  discard: {
    tag,
    summary: 'Discard the draft',
    path,
    query: { revision: said('Only if the draft still has this one.', number) },
    answers: { 200: answer('Whether there was one.', object({ discarded: flag })) },
  },
  check: {
    tag,
    summary: 'Check a mapping',
    path,
    body: { schema: object({ document: documentSchema }), example: { document: exampleDocument } },
    answers: { 200: answer('Everything that is wrong with it.', object({ issues })) },
  },
  copy: {
    tag,
    summary: 'Copy the mapping of another connection',
    description: 'Into the draft.',
    path,
    body: {
      schema: object({ from: said('The code of the other connection.'), revision }),
      example: { from: variable('OTHER_CONNECTION', 'entra'), revision: variable('DRAFT_REVISION', 1) },
    },
    answers: { 200: answer('The draft as it is now.', savedDraft) },
  },
} as const satisfies Record<string, Operation>;

const attribute = named(
  'CustomerAttribute',
  object({
    id: number,
    code: text,
    label: text,
    backendType: text,
    input: text,
    required: flag,
    visible: flag,
    custom: flag,
    inGrid: flag,
    options: list(object({ id: number, label: text })),
  }),
);
const labels = said('Labels by codes of store views.', json.map(text));

/** The customer attributes of the store, in words. */
export const attributeOperations = {
  list: {
    tag,
    summary: 'List the customer attributes',
    answers: { 200: answer('All of them.', object({ attributes: list(attribute) })) },
  },
  create: {
    tag,
    summary: 'Make a customer attribute',
    description: 'With `map` a row that leads to it is put into the draft of that connection.',
    body: {
      schema: object({
        code: said('Lower-case letters, digits and _, a letter first.'),
        label: text,
        'input?': oneOf(attributeInputs),
        'backendType?': oneOf(backendTypes),
        'options?': list(json.either(text, object({ label: text, 'storeLabels?': labels }))),
        'defaultValue?': text,
        'required?': flag,
        'sortOrder?': number,
        'forms?': list(text),
        'grid?': object({ 'filterable?': flag, 'searchable?': flag }),
        'map?': object({ connection: text, source: text }),
      }),
      example: {
        code: 'cost_centre',
        label: 'Cost centre',
        map: {
          connection: variable('CONNECTION', 'okta'),
          source: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter',
        },
      },
    },
    answers: {
      201: answer('The attribute, and the draft if one was changed.', object({ attribute, 'draft?': savedDraft })),
    },
  },
} as const satisfies Record<string, Operation>;
