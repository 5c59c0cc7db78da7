import { invalidValue, type Resource, ScimError } from '../../scim/index.ts';
import { rowName, type Target } from '../document/target.ts';
import type { Computed, TargetRule } from '../mapping.ts';
import type { PreparedRow } from './prepared-row.ts';
import type { Reader } from './reader.ts';
import { meansNo } from './told-subscription.ts';
import type { Writer } from './writer.ts';

/** Everything that leads to one target, and back from it. */
export interface PreparedTarget {
  readonly target: Target;
  /** In the order of the document. */
  readonly ins: readonly PreparedRow[];
  readonly outs: readonly PreparedRow[];
  /** The first value that a row finds, else the default; undefined for a target that only goes out. */
  readonly read: Reader | undefined;
  /** Undefined for a target that only goes in. */
  readonly write: Writer | undefined;
  readonly rule: TargetRule;
  readonly locked: boolean;
  /** True where a user may bring a value: not for constants and defaults alone. */
  readonly fromUser: (user: Resource, computed: Computed | undefined) => boolean;
}

/** Brings the rows of each target together by the target's name in rows, in the order of the document. */
export function prepareTargets(rows: readonly PreparedRow[]): ReadonlyMap<string, PreparedTarget> {
  const byTarget = new Map<string, PreparedRow[]>();
  for (const row of rows) {
    const key = rowName(row.target.key);
    const same = byTarget.get(key);
    if (same) same.push(row);
    else byTarget.set(key, [row]);
  }
  return new Map([...byTarget].map(([key, same]) => [key, prepareTarget(same)]));
}

function prepareTarget(rows: readonly PreparedRow[]): PreparedTarget {
  const [first] = rows as [PreparedRow];
  const ins = rows.filter(({ read }) => read !== undefined);
  const outs = rows.filter(({ write }) => write !== undefined);
  const { apply = 'always', onNull } = (ins[0] ?? first).row;
  return {
    target: first.target,
    ins,
    outs,
    read: ins.length === 0 ? undefined : readerOf(ins),
    write: outs.length === 0 ? undefined : toldBy(first.target, outs, writerOf(ins, outs)),
    rule: { apply, onNull: onNull === 'keep' ? 'keep' : 'clear' },
    // Who only listens owns nothing.
    locked: ins.some(({ row }) => row.locked === true),
    fromUser: (user, computed) => ins.some((row) => row.row.type !== 'constant' && finds(row, user, computed)),
  };
}

function readerOf(ins: readonly PreparedRow[]): Reader {
  const [only] = ins;
  const fallback = ins.find((row) => row.fallback !== null)?.fallback ?? null;
  const required = ins.find(({ row }) => row.required === true);
  const readers = ins.flatMap(({ read }) => read ?? []);
  const [single] = readers;
  const found: Reader =
    ins.length === 1 && only && single
      ? single
      : (user, computed) => {
          for (const read of readers) {
            const value = read(user, computed);
            if (value !== null) return value;
          }
          return null;
        };
  if (!required && fallback === null) return found;
  return (user, computed) => {
    const value = found(user, computed) ?? fallback;
    if (value === null && required) throw missing(required);
    return value;
  };
}

const missing = ({ route, row, target }: PreparedRow): ScimError =>
  invalidValue(
    row.type === 'direct' || row.type === 'lookup'
      ? `${route.from} is missing, and the mapping of this connection requires it (row "${row.id}"). Send it.`
      : `${route.from} comes to nothing for this user, and "${target.key}" is required.`,
  );

/** Whether a row finds a value; one that refuses has something to refuse. */
function finds({ read }: PreparedRow, user: Resource, computed: Computed | undefined): boolean {
  try {
    return read !== undefined && read(user, computed) !== null;
  } catch (error) {
    if (error instanceof ScimError) return true;
    throw error;
  }
}

/** A subscription that there is not is told by absence, unless absence would say something else to each of the rows. */
function toldBy({ kind, key }: Target, outs: readonly PreparedRow[], write: Writer): Writer {
  if (kind !== 'special' || key !== 'newsletter' || !outs.some(({ row }) => meansNo(row))) return write;
  return (user, value) => write(user, value === 1 ? value : null);
}

/**
 * Where several rows lead to a target, its value is told where the user has it, else by the first row that can; nothing
 * is told everywhere, or else the next row would find what it has.
 */
function writerOf(ins: readonly PreparedRow[], outs: readonly PreparedRow[]): Writer {
  const writers = outs.flatMap(({ write }) => write ?? []);
  const [first] = writers as [Writer];
  if (writers.length === 1) return first;
  return (user, value) => {
    if (value === null) return writers.reduce((copy, write) => write(copy, null), user);
    const supplier = ins.find((row) => row.write !== undefined && finds(row, user, undefined));
    return (supplier?.write ?? first)(user, value);
  };
}
