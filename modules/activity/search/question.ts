import type { Executor } from '../../framework/index.ts';
import type { DecodedEntry } from '../entry/decode.ts';
import type { ActivityFilter } from '../report.ts';
import { actionCondition, anyOf, type Condition, statusCondition } from './condition.ts';
import { foldSubject, narrowKey, subjectKey } from './key.ts';
import { allKinds, type Kind } from './kind.ts';
import type { Names } from './names.ts';
import { saysText } from './text.ts';

export type SearchColumn = 'kind_id' | 'connection_id' | 'customer_id' | 'subject_hash' | 'request_hash';

/** One range of an index: rows in which the column has this value, by time. Without a column: all rows by time. */
export interface Range {
  readonly column?: SearchColumn;
  readonly value?: number;
}

/** A filter, ready to be answered: by ranges of indexes where records are sealed, entry by entry where they are not. */
export interface Question {
  readonly ranges: readonly Range[];
  /** Kinds that do not match: their rows need not be looked at further. */
  readonly unfit: ReadonlySet<number>;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  /** Only the entries themselves tell: no range holds nothing but matches. */
  readonly looks: boolean;
  /** The whole filter over an entry. */
  readonly accepts: (entry: DecodedEntry) => boolean;
}

interface Who {
  readonly customers: ReadonlySet<number>;
  readonly subjects: ReadonlySet<string>;
}

/** Whose records `--user` means: the customers that the text names, and the text itself as a subject. */
async function whoIs(db: Executor, names: Names, filter: ActivityFilter): Promise<Who | undefined> {
  if (filter.customerId !== undefined) return { customers: new Set([filter.customerId]), subjects: new Set() };
  if (filter.user === undefined) return undefined;
  const text = filter.user.trim();
  // A SCIM id is the customer's id, perhaps with the number of its life behind it.
  const [, id] = /^(\d{1,10})(?:-\d{1,5})?$/.exec(text) ?? [];
  const found = await names.customersOf(db, text);
  return {
    customers: new Set([...found, ...(id === undefined ? [] : [Number(id)])]),
    subjects: new Set([foldSubject(text)]),
  };
}

/** A connection alone is a range of its own; with a user or a request its kinds tell what of theirs need not be read. */
const isNarrowed = ({ connectionId, user, customerId, requestId }: ActivityFilter): boolean =>
  connectionId !== undefined && (user !== undefined || customerId !== undefined || requestId !== undefined);

/** Reads a filter. @throws ActivityError `FILTER_INVALID`, `APPLICATION_UNKNOWN` */
export async function questionOf(db: Executor, names: Names, filter: ActivityFilter): Promise<Question> {
  const status = anyOf((filter.statuses ?? []).map(statusCondition));
  const action = anyOf((filter.actions ?? []).map(actionCondition));
  // Kinds are of use where something picks among them.
  const picks = Boolean(status || action || filter.application !== undefined || isNarrowed(filter));
  const kinds = picks ? await allKinds(db) : [];
  const connections =
    filter.application !== undefined
      ? await names.connectionsOf(db, filter.application, kinds)
      : filter.connectionId === undefined
        ? undefined
        : new Set([filter.connectionId]);
  const who = await whoIs(db, names, filter);
  const { requestId } = filter;
  const fromMs = filter.from?.getTime() ?? 0;
  const toMs = filter.to?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const says = filter.text === undefined || filter.text.trim() === '' ? undefined : saysText(filter.text);
  const judged: Condition = (entry) => (!status || status(entry)) && (!action || action(entry));
  const ofConnection = (id: number | undefined) => !connections || (id !== undefined && connections.has(id));
  const about = ({ customer, subject }: DecodedEntry) =>
    !who ||
    (customer !== undefined && who.customers.has(customer)) ||
    (subject !== undefined && who.subjects.has(foldSubject(subject)));

  const fits = (kind: Kind) => ofConnection(kind.connection_id || undefined) && judged(kind);
  const fitting = kinds.filter(fits);
  const ranges = rangesOf({ who, requestId, connections, fitting, judges: Boolean(status || action) });
  return {
    ranges,
    unfit: new Set(kinds.filter((kind) => !fits(kind)).map(({ kind_id }) => kind_id)),
    fromMs,
    toMs,
    looks: says !== undefined,
    accepts: (entry) =>
      entry.at >= fromMs &&
      entry.at < toMs &&
      ofConnection(entry.connection) &&
      judged(entry) &&
      about(entry) &&
      (requestId === undefined || entry.request === requestId) &&
      (!says || says(entry)),
  };
}

/**
 * The narrowest ranges that hold every match: of a request, of a user, of each fitting kind, of a connection, of all. No
 * page reads more of any of them than it can show, however many records there are.
 */
function rangesOf(known: {
  readonly who: Who | undefined;
  readonly requestId: string | undefined;
  readonly connections: ReadonlySet<number> | undefined;
  readonly fitting: readonly Kind[];
  readonly judges: boolean;
}): readonly Range[] {
  const { who, requestId, connections, fitting, judges } = known;
  if (requestId !== undefined) return [{ column: 'request_hash', value: narrowKey(requestId) }];
  if (who)
    return [
      ...[...who.customers].map((value): Range => ({ column: 'customer_id', value })),
      ...[...who.subjects].map((text): Range => ({ column: 'subject_hash', value: subjectKey(text) })),
    ];
  if (judges) return fitting.map(({ kind_id }): Range => ({ column: 'kind_id', value: kind_id }));
  if (connections) return [...connections].map((value): Range => ({ column: 'connection_id', value }));
  return [{}];
}
