import type { Connection } from '../../../connection/index.ts';
import type { Executor, Transaction } from '../../../framework/index.ts';
import type { Disagreement, DisagreementKind, DisagreementPlace, Remedy } from '../disagreement.ts';

/** What judging rows needs to know. */
export interface Known {
  readonly connections: ReadonlyMap<number, Connection>;
  readonly now: Date;
}

/**
 * A table that is walked through by its key, row by row, for what points nowhere. Rows are small: a thousand at a time are
 * read by one statement.
 */
export interface Walk<Row extends { readonly id: number } = { readonly id: number }> {
  readonly kinds: readonly DisagreementKind[];
  /** True where it goes through all users: what `compare` will look at is told by them. */
  readonly users?: boolean;
  /** The rows behind `after` in the order of their ids. */
  read(db: Executor, after: number, most: number): Promise<readonly Row[]>;
  /** The one row, held until the commit. */
  hold(tx: Transaction, id: number): Promise<Row | undefined>;
  judge(row: Row, known: Known): Disagreement | undefined;
  /** Of a row that is held, and judged to be what it was. */
  cure(tx: Transaction, found: Disagreement, remedy: Remedy, known: Known): Promise<void>;
}

/** The id by which a walk finds a place again. */
export const idOf = ({ customerId, groupId }: DisagreementPlace): number => customerId ?? groupId ?? 0;
