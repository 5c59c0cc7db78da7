import type { Brought } from '../../attribute-mapping/index.ts';
import { json } from '../../framework/index.ts';
import type { GroupFigures, GroupPreview, MovedMembers } from '../preview/group-preview.ts';
import type { Issue } from '../preview/issue.ts';
import type { Difference, Preview, PreviewGroup, PreviewWrite } from '../preview/preview.ts';
import type { ReceivedPayload } from '../preview/received-payloads.ts';
import type { SignInPreview } from '../preview/sign-in-preview.ts';
import type { PreviewStep } from '../preview/trace.ts';

const { text, number, flag, list, object, oneOf, orNull, said, record, anything, named, either } = json;

const issues = list(
  named(
    'PreviewIssue',
    object<Issue>({ severity: oneOf(['error', 'warning', 'note']), code: text, message: text, cure: text }),
  ),
);
const request = object<Preview['request']>({ method: text, path: text });
const status = said('The HTTP status that would be answered.', number);
const operation = said('What would be recorded as done; missing where nothing changes.');

export const previewSchema = named(
  'Preview',
  object<Preview>({
    request,
    status,
    'operation?': operation,
    tried: said('Which mapping was tried.', either(number, text)),
    version: number,
    incoming: said(
      'What the user brings at the attributes that lead to each target, before transforms.',
      list(object<Brought>({ target: text, source: text, 'value?': anything })),
    ),
    customer: orNull(record),
    address: orNull(record),
    'shipping?': record,
    groups: list(object<PreviewGroup>({ kind: oneOf(['customer', 'scim']), id: text, name: text })),
    present: said('The customer’s row as it is.', orNull(record)),
    difference: list(object<Difference>({ target: text, before: anything, after: anything })),
    writes: list(object<PreviewWrite>({ verb: text, table: text, columns: list(text) })),
    issues,
    trace: list(
      object<PreviewStep>({
        step: text,
        outcome: oneOf(['done', 'failed', 'not needed', 'not reached']),
        note: text,
        'milliseconds?': json.decimal,
      }),
    ),
    'answer?': said('The body that would be answered.', anything),
  }),
);

const figures = orNull(object<GroupFigures>({ displayName: text, members: number, customerGroup: orNull(text) }));
const moved = object<MovedMembers>({
  count: orNull(number),
  examples: list(object<MovedMembers['examples'][number]>({ id: text, email: text })),
});

export const groupPreviewSchema = named(
  'GroupPreview',
  object<GroupPreview>({
    request,
    status,
    'operation?': operation,
    before: figures,
    after: figures,
    joining: moved,
    leaving: moved,
    issues,
    'answer?': anything,
  }),
);

export const signInPreviewSchema = named(
  'SignInPreview',
  object<SignInPreview>({
    identifier: said('Whom the identity provider has vouched for.'),
    status: said('The HTTP status that would be recorded.', number),
    'outcome?': oneOf(['created', 'adopted', 'linked', 'updated', 'unchanged']),
    present: said('The customer’s row as it is.', orNull(record)),
    difference: list(object<Difference>({ target: text, before: anything, after: anything })),
    issues,
    trace: list(object<SignInPreview['trace'][number]>({ step: text, 'note?': text, milliseconds: json.decimal })),
  }),
);

export const payloadSchema = named(
  'ReceivedPayload',
  object<ReceivedPayload>({
    record: said('The number of the record.', number),
    at: text,
    operation: text,
    outcome: text,
    status: number,
    'subject?': text,
    'connectionId?': number,
    method: text,
    path: said('Below the SCIM base.'),
    'body?': anything,
    left: said('Names of what was sent and is not kept, because it is secret.', list(text)),
    cut: said('Whether the record could not hold all of it.', flag),
  }),
);
