import { json } from '../../framework/index.ts';
import { activityOutcomes, type ModifiedAttribute, type TraceStep } from '../activity.ts';
import type { ActivityPage, ReportedActivity } from '../report.ts';
import type { Anchor, Fault, Verification } from '../seal/verify.ts';

const { said, text, number, decimal, flag, list, oneOf, object, named, anything } = json;

/** A record, as the provisioning report shows it. */
export const recordSchema = named(
  'Activity',
  object<ReportedActivity>({
    id: number,
    at: said('UTC, `YYYY-MM-DD HH:MM:SS.mmm`.'),
    operation: said('`<resource>.<verb>`, such as `user.create`.'),
    outcome: oneOf(activityOutcomes),
    status: said('The HTTP status that was answered.', number),
    'connectionId?': number,
    'application?': said('Code of the connection; `#<number>` where nobody knows it any more.'),
    'applicationName?': said('What people call the connection; missing where it was deleted.'),
    'customerId?': number,
    'subject?': said('Whom the client meant, in its own words.'),
    'actor?': said('The name of the token or of the administrator, or a command.'),
    'requestId?': said('The client got the same in a header and in the detail of an error.'),
    'milliseconds?': decimal,
    'changed?': list(text),
    'modified?': list(object<ModifiedAttribute>({ attribute: text, 'before?': anything, 'after?': anything })),
    'notes?': list(text),
    'trace?': list(object<TraceStep>({ step: text, 'note?': text, 'milliseconds?': decimal })),
    'reason?': said('Why it was refused or failed.'),
    'payload?': said('What was received, without secrets.', anything),
  }),
);

export const pageSchema = object<ActivityPage>({
  items: list(recordSchema),
  'nextCursor?': said('Where the next page begins; missing on the last one.'),
  'looked?': said('With `text`: so many records were looked at, and the next page looks further.', number),
});

const anchorSchema = object<Anchor>({ sealId: number, digest: text });

export const anchorsSchema = object({ 'anchors?': list(said('`<seal>:<key>:<digest>`, as `head` is printed.')) });

export const verificationSchema = object<Verification>({
  intact: flag,
  seals: number,
  records: number,
  purged: said('Records that were purged after their time; their seals were checked.', number),
  waiting: said('Records that wait for their seal, about which nothing can be said.', number),
  'head?': said('Note it elsewhere: as an anchor it proves later that nothing was cut off.', anchorSchema),
  'fault?': said(
    'The first thing that is not as it was sealed.',
    object<Fault>({
      what: oneOf(['record', 'seal', 'search', 'anchor']),
      tampering: oneOf(['changed', 'removed', 'inserted']),
      sealId: number,
      'recordId?': number,
      message: text,
    }),
  ),
});
