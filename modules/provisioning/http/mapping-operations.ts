import type { RequirementState } from '../../attribute-mapping/index.ts';
import { answer, json, type Operation } from '../../framework/index.ts';
import type { ImpactedCustomer, ImpactProgress, ImpactSummary } from '../impact/impact.ts';
import type { MappingRun } from '../impact/mapping-run.ts';
import type { Lights } from '../preview/trials.ts';
import type { SearchFormsProgress } from '../search-forms/search-forms.ts';
import { payloadSchema, previewSchema } from './preview-schemas.ts';

const { text, number, flag, list, object, oneOf, orNull, said, record, anything, named, either } = json;
const tag = 'Attribute mapping';
const path = { connection: said('The code of the connection.') };
const ndjson = 'application/x-ndjson';

const which = {
  'draft?': said('The draft in place of what is in effect.', flag),
  'version?': said('This version in place of what is in effect.', number),
};

const runMembers = {
  id: number,
  version: number,
  state: oneOf(['running', 'done', 'stopped']),
  actor: text,
  total: number,
  changed: number,
  same: number,
  failed: number,
  startedAt: text,
  endedAt: orNull(text),
} as const;

const changes = list(object<ImpactedCustomer['changes'][number]>({ target: text, before: anything, after: anything }));
const customer = (outcomes: readonly string[]) =>
  object<Omit<ImpactedCustomer, 'outcome'> & { outcome: string }>({
    kind: oneOf(['customer']),
    customerId: number,
    id: said('Its SCIM id.'),
    userName: text,
    outcome: oneOf(outcomes),
    changes,
    'message?': said('Why it fails.'),
    'cure?': said('What to do about that.'),
  });
const progress = object<ImpactProgress>({ kind: oneOf(['progress']), done: number, total: number });

const impactSummary = object<ImpactSummary>({
  kind: oneOf(['summary']),
  version: number,
  total: number,
  changes: number,
  same: number,
  fails: number,
  deactivated: number,
  activated: number,
  targets: said('How many customers would change, by target.', json.map(number)),
  milliseconds: json.decimal,
});

const lights = named(
  'RequirementLights',
  object<Lights>({
    from: said('The request that they were read from.', orNull(object({ record: number, at: text, 'subject?': text }))),
    states: list(
      object<RequirementState>({
        requirement: object<RequirementState['requirement']>({
          name: text,
          label: text,
          paths: list(text),
          needed: oneOf(['required', 'recommended']),
          by: text,
          sentAs: text,
          add: said('Where it is added at the identity provider.'),
        }),
        state: oneOf(['present', 'missing', 'never-seen']),
      }),
    ),
  }),
);

/** What a mapping would do and does, in words. */
export const mappingOperations = {
  preview: {
    tag,
    summary: 'Preview a request',
    description: 'Runs what a request would run, and writes nothing.',
    path,
    body: {
      schema: object({
        payload: said('A SCIM user, or a PatchOp message.', record),
        'method?': said('Found out unless said.', oneOf(['POST', 'PUT', 'PATCH', 'DELETE'])),
        'id?': said('The SCIM id of the user that is changed.'),
        ...which,
      }),
      example: {
        payload: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'eva@example.com' },
      },
    },
    answers: { 200: answer('What it would come to.', previewSchema) },
  },
  payloads: {
    tag,
    summary: 'List what was received',
    path,
    query: { limit: said('At most 100; 20 unless said.', number) },
    answers: { 200: answer('Newest first, without secrets.', object({ payloads: list(payloadSchema) })) },
  },
  requirements: {
    tag,
    summary: 'Show the lights of the required attributes',
    path,
    answers: { 200: answer('A light for each.', lights) },
  },
  impact: {
    tag,
    summary: 'Measure what a mapping would change',
    description: 'Answers lines of JSON while it counts; the last one is the summary.',
    path,
    body: {
      schema: object({ ...which, 'customers?': said('Names each customer that would change, too.', flag) }),
      example: { customers: true },
    },
    answers: {
      200: answer('One of these a line.', either(progress, customer(['changes', 'fails']), impactSummary), ndjson),
    },
  },
  apply: {
    tag,
    summary: 'Bring all customers to the mapping in effect',
    description: 'Answers lines of JSON while it works; interrupted, it goes on where it was.',
    path,
    body: { schema: record, example: {} },
    answers: {
      200: answer(
        'One of these a line.',
        either(
          progress,
          customer(['changed', 'failed']),
          object({ kind: oneOf(['summary']), resumed: flag, ...runMembers }),
        ),
        ndjson,
      ),
    },
  },
  runs: {
    tag,
    summary: 'List the runs over all customers',
    path,
    answers: {
      200: answer('Newest first.', object({ runs: list(named('MappingRun', object<MappingRun>(runMembers))) })),
    },
  },
  searchForms: {
    tag,
    summary: 'Show how far searches have followed the mapping',
    path,
    answers: {
      200: answer(
        'How far filters and sorts are.',
        object<SearchFormsProgress>({
          version: number,
          finished: flag,
          done: number,
          total: number,
          differed: number,
          startedAt: orNull(text),
          endedAt: orNull(text),
        }),
      ),
    },
  },
} as const satisfies Record<string, Operation>;
