import { type ConnectionMapping, type MappedCustomer, requirements, stateOf } from '../../attribute-mapping/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import { type Carried, isObject } from '../../scim/index.ts';
import type { Caller, Room } from '../room.ts';
import { parseUserId } from '../user/user-id.ts';
import { customerNow } from './customer-now.ts';
import { afterWrites, differenceOf, presentCustomer, withoutStandIns } from './difference.ts';
import { findingsOf } from './findings.ts';
import { issuesOf } from './issues.ts';
import type { Preview, PreviewGroup, PreviewQuestion } from './preview.ts';
import type { Rehearsed } from './rehearsal/rehearsal-room.ts';
import { isStandIn } from './rehearsal/rehearsed-database.ts';
import type { TriedRequest } from './request.ts';
import { traceOf } from './trace.ts';

/** A request that was tried, with everything that became known on the way. */
export interface Tried {
  readonly question: PreviewQuestion;
  readonly request: TriedRequest;
  readonly carried: Carried<Caller>;
  readonly seen: Rehearsed;
  readonly mapping: ConnectionMapping;
}

/** What a preview says of it. */
export async function told(room: Room, { question, request, carried, seen, mapping }: Tried): Promise<Preview> {
  const { connection } = question;
  const { answer, finished } = carried;
  const { error } = finished;
  const id = customerOf(request, finished.resourceId, seen);
  const now =
    id === undefined || isStandIn(id)
      ? undefined
      : await customerNow(room.database, room.customers, connection, mapping, id);
  const refused = error !== undefined;
  const then = refused || id === undefined ? undefined : thenState(seen, id, now);
  const record = refused ? undefined : seen.records[0];
  return {
    request: { method: request.method, path: request.path },
    status: answer.status,
    ...(record ? { operation: record.operation } : {}),
    tried: question.which ?? 'published',
    version: mapping.version,
    incoming: broughtBy(mapping, seen, refused ? undefined : answer.body),
    ...mappedParts(seen.mapped),
    groups: await groupsAfter(room, then ?? now, answer.body),
    present: now ? presentCustomer(now) : null,
    difference: differenceOf(now, then),
    writes: refused
      ? []
      : seen.writes.map(({ verb, table, rows }) => ({ verb, table, columns: Object.keys(rows[0] ?? {}) })),
    issues: issuesOf({
      connection,
      error,
      notes: finished.notes,
      ignored: finished.ignored,
      mapped: seen.mapped,
      mapping,
      required: isWhole(request.method) ? stateOf(requirements(connection.profile), question.body) : [],
    }),
    trace: traceOf({
      method: request.method,
      passed: finished.course.steps,
      unchanged: finished.outcome === 'unchanged',
      error,
      found: findingsOf(question, request, carried, seen, mapping.version),
    }),
    answer: withoutStandIns(answer.body),
  };
}

/** The customer as it would be; undefined where nothing of it is written. */
function thenState(
  { after, writes }: Rehearsed,
  id: number,
  now: CustomerState | undefined,
): CustomerState | undefined {
  const state = after.get(id) ?? (writes.length > 0 ? now : undefined);
  return state && afterWrites(state, writes);
}

/** The customer that a request is of: named by it, found by it, or made by it. */
function customerOf({ id }: TriedRequest, answered: string | undefined, { records }: Rehearsed): number | undefined {
  const named = id ?? answered;
  return records[0]?.customerId ?? (named === undefined ? undefined : parseUserId(named)?.customerId);
}

/** What came in: of the user that was mapped; where nothing had to be, of the one that is answered. */
function broughtBy(mapping: ConnectionMapping, { user }: Rehearsed, answered: unknown): Preview['incoming'] {
  const document = user ?? answered;
  return isObject(document) ? mapping.brought(document) : [];
}

/** The mapped values, without what must not be shown. */
function mappedParts(mapped: MappedCustomer | undefined): Pick<Preview, 'customer' | 'address' | 'shipping'> {
  if (!mapped) return { customer: null, address: null };
  const { newsletter, storeView, group, shipping } = mapped;
  return {
    customer: {
      ...mapped.attributes,
      ...(group === undefined ? {} : { group }),
      ...(storeView === undefined ? {} : { store_view: storeView }),
      ...(newsletter === undefined ? {} : { newsletter: newsletter === null ? null : Number(newsletter) }),
    },
    address: mapped.address ?? mapped.billing ?? null,
    ...(shipping ? { shipping } : {}),
  };
}

async function groupsAfter(room: Room, state: CustomerState | undefined, body: unknown): Promise<PreviewGroup[]> {
  const groups: PreviewGroup[] = [];
  const id = state?.attributes.group_id;
  if (typeof id === 'number') {
    const group = await room.customerGroups.byId(room.database, id);
    groups.push({ kind: 'customer', id: String(id), name: group?.code ?? '' });
  }
  const scim = (body as { groups?: unknown } | null | undefined)?.groups;
  if (Array.isArray(scim))
    for (const { value, display } of scim as { value: string; display?: string }[])
      groups.push({ kind: 'scim', id: value, name: display ?? '' });
  return groups;
}

/** A POST or PUT says everything of a user; what is missing in it is missing. */
const isWhole = (method: string): boolean => method === 'POST' || method === 'PUT';
