import type { ActivityEntry } from '../../activity/index.ts';
import type { Carried } from '../../scim/index.ts';
import type { Caller } from '../room.ts';
import { printUserId } from '../user/user-id.ts';
import { mappingText } from './mapping-text.ts';
import type { PreviewQuestion } from './preview.ts';
import type { Rehearsed } from './rehearsal/rehearsal-room.ts';
import { isStandIn } from './rehearsal/rehearsed-database.ts';
import type { TriedRequest } from './request.ts';

/** What was found at the steps of a request that was tried, in sentences. */
export function findingsOf(
  { connection, which }: PreviewQuestion,
  { method, path }: TriedRequest,
  { answer, finished }: Carried<Caller>,
  seen: Rehearsed,
  version: number,
) {
  const values = seen.mapped ? `${Object.keys(seen.mapped.attributes).length} values` : 'nothing';
  return {
    authenticate: `The connection "${connection.code}" (profile ${connection.profile}, website ${connection.websiteId}${paceOf(connection)}).`,
    receive: `${method} ${path}`,
    normalise: understood(finished.notes.length, finished.ignored.length),
    match: matched(seen.records[0], finished.outcome),
    map: `${values} by ${mappingText(which, version)}.`,
    validate: 'Every value fits the column that it is meant for.',
    write: planned(seen),
    answer: String(answer.status),
  };
}

/** What an administrator has limited the connection to: whoever sends more is asked to wait, whatever it is. */
const paceOf = ({ policy: { requestsPerSecond } }: PreviewQuestion['connection']): string =>
  requestsPerSecond ? `, at most ${requestsPerSecond} requests a second` : '';

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

function understood(notes: number, ignored: number): string {
  const parts = [
    ...(notes > 0 ? [counted(notes, 'remark', 'remarks')] : []),
    ...(ignored > 0 ? [`${counted(ignored, 'unknown attribute', 'unknown attributes')} left out`] : []),
  ];
  return parts.length === 0 ? 'As the schema has it.' : `Understood with ${parts.join(' and ')}.`;
}

function matched(record: ActivityEntry | undefined, outcome: string | undefined): string {
  if (outcome === 'unchanged') return 'The user is managed by this connection, and has all of this already.';
  const id = record?.customerId;
  if (id === undefined) return '';
  if (isStandIn(id)) return 'Nobody is there yet: a new customer.';
  const who = `Customer ${printUserId({ customerId: id, generation: 0 })}`;
  const how: Readonly<Record<string, string>> = {
    adopted: `${who} is in the store and managed by nobody: it is taken over.`,
    reactivated: `${who} was deactivated by this connection: it is activated again.`,
    revived: `${who} was deleted by this connection: it comes back under a new id.`,
  };
  return how[outcome ?? ''] ?? `${who} is managed by this connection.`;
}

function planned({ writes }: Rehearsed): string {
  if (writes.length === 0) return 'Nothing changes, nothing is written.';
  const what = [...new Set(writes.map(({ verb, table }) => `${verb} ${table}`))].join(', ');
  return `${counted(writes.length, 'statement', 'statements')}: ${what}.`;
}
