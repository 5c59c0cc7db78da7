import { type Executor, type ServiceToken, service, type Transaction } from '../framework/index.ts';
import type { Cure, CureOutcome, Finding, FindingKind, FindingPlace } from './finding.ts';

/** What is compared; everything unless it says otherwise. */
export interface ReconciliationFilter {
  /** The code of a connection: what belongs to none is passed over then. */
  readonly connection?: string | undefined;
  readonly kinds?: readonly FindingKind[] | undefined;
}

/** Told after every batch. `total` is about right: the store goes on meanwhile. */
export type Told = (done: number, total: number) => void;

/** Compares store and documents, without triggers, logs or anything else that could have missed a change. */
export interface Reconciliation {
  /**
   * Everything in which they disagree, found batch by batch: a bounded number of statements for each, no transaction, and no
   * more in memory than a batch. Findings may be cured while they come.
   * @throws ConnectionError `CONNECTION_UNKNOWN`
   */
  compare(filter?: ReconciliationFilter, told?: Told): AsyncGenerator<Finding>;
  /** How many users and rows `compare` looks at, about. */
  size(db: Executor, filter?: ReconciliationFilter): Promise<number>;
  /**
   * Looks again with the rows held and cures what still holds, in one transaction with its record, which names `by`. Asked
   * for again it does nothing. `also` is done in the same transaction, whatever the outcome.
   * @throws ReconciliationError `CURE_REFUSED`
   */
  cure(place: FindingPlace, cure: Cure, by: string, also?: (tx: Transaction) => Promise<void>): Promise<CureOutcome>;
}
export const Reconciliation: ServiceToken<Reconciliation> = service<Reconciliation>('reconciliation.Reconciliation');
