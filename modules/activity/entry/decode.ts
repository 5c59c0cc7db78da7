import { type ActivityOutcome, activityOutcomes, type StoredActivity } from '../activity.ts';
import { identifier } from './bounds.ts';
import type { ModifiedTriple, StoredStep } from './values.ts';

/** The members of a stored entry, all of them checked: the text may have been changed by hand. */
export interface DecodedEntry {
  readonly at: number;
  readonly operation: string;
  readonly outcome: ActivityOutcome;
  readonly status: number;
  readonly connection?: number;
  readonly customer?: number;
  readonly subject?: string;
  readonly actor?: string;
  readonly request?: string;
  readonly microseconds?: number;
  readonly changed?: readonly string[];
  readonly modified?: readonly ModifiedTriple[];
  readonly notes?: readonly string[];
  readonly trace?: readonly StoredStep[];
  readonly reason?: string;
  readonly payload?: unknown;
}

const whole = (value: unknown, most: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most ? value : 0;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const list = <T>(value: readonly T[] | undefined): readonly T[] | undefined =>
  Array.isArray(value) && value.length > 0 ? value : undefined;
const known = <K extends string, V>(name: K, value: V | undefined): { readonly [N in K]?: V } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [N in K]?: V };

/** Reads a stored text. What is no entry any more reads as a failed one that says so: a report must not break on it. */
export function decodeEntry(stored: string): DecodedEntry {
  let given: Partial<DecodedEntry> | null;
  try {
    given = JSON.parse(stored) as Partial<DecodedEntry> | null;
  } catch {
    given = null;
  }
  if (given === null || typeof given !== 'object')
    return { at: 0, operation: 'unreadable', outcome: 'failed', status: 0, reason: 'The record was changed by hand.' };
  const {
    connection,
    customer,
    subject,
    actor,
    request,
    microseconds,
    changed,
    modified,
    notes,
    trace,
    reason,
    ...rest
  } = given;
  return {
    ...rest,
    ...known('connection', identifier(connection)),
    ...known('customer', identifier(customer)),
    ...known('subject', text(subject)),
    ...known('actor', text(actor)),
    ...known('request', text(request)),
    ...known('microseconds', typeof microseconds === 'number' ? microseconds : undefined),
    ...known('changed', list(changed)),
    ...known('modified', list(modified)?.filter(Array.isArray) as DecodedEntry['modified']),
    ...known('notes', list(notes)),
    ...known(
      'trace',
      list(trace)?.filter((step) => typeof step === 'object' && step !== null),
    ),
    ...known('reason', text(reason)),
    at: whole(given.at, 8_640_000_000_000_000),
    operation: String(given.operation ?? '').trim(),
    outcome: activityOutcomes.find((known) => known === given.outcome) ?? 'failed',
    status: whole(given.status, 65_535),
  };
}

/** A record as other rooms see it. */
export function storedActivity(id: number, entry: DecodedEntry): StoredActivity {
  const { at, connection, customer, subject, request, microseconds, modified, trace, ...rest } = entry;
  return {
    id,
    at: new Date(at).toISOString().slice(0, 23).replace('T', ' '),
    connectionId: connection,
    customerId: customer,
    subject,
    requestId: request,
    ...rest,
    ...(microseconds === undefined ? {} : { milliseconds: microseconds / 1_000 }),
    ...(trace
      ? {
          trace: trace.map(({ microseconds: took, ...step }) => ({
            ...step,
            ...(took === undefined ? {} : { milliseconds: took / 1_000 }),
          })),
        }
      : {}),
    ...(modified ? { modified: modified.map(([attribute, before, after]) => ({ attribute, before, after })) } : {}),
  };
}
