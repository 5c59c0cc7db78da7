import type { Connection } from '../../connection/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import { type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { Disagreement, DisagreementKind, DisagreementPlace, Remedy } from './disagreement.ts';

/** What is compared; everything unless it says otherwise. */
export interface ComparisonScope {
  /** Users and groups of this connection alone. What belongs to none is passed over then. */
  readonly connection?: Connection | undefined;
  readonly kinds?: ReadonlySet<DisagreementKind> | undefined;
  /** True where the customers of living users are asked for, though no kind needs them. */
  readonly customers?: boolean | undefined;
}

/** What was looked at together. */
export interface ComparedBatch {
  /** How many users, or rows of another table, were looked at. */
  readonly looked: number;
  readonly found: readonly Disagreement[];
  /** The customers of living users that were looked at, whole; none where rows were. */
  readonly customers: readonly ComparedCustomer[];
}

export interface ComparedCustomer {
  readonly connectionId: number;
  readonly customer: CustomerState;
  readonly subject: string;
}

/** Who cures, and when. */
export interface Curing {
  /** An administrator's name, or a command's. */
  readonly by: string;
  readonly now: Date;
}

export type UserComparisonErrorCode = 'PROTECTED' | 'REMEDY_UNKNOWN' | 'REFUSED';

/** Says what is in the way of a cure, and what to do. */
export class UserComparisonError extends Error {
  override readonly name = 'UserComparisonError';
  readonly code: UserComparisonErrorCode;
  constructor(code: UserComparisonErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Compares what the store holds with what is kept of users and groups, and settles where the two disagree. */
export interface UserComparison {
  /**
   * Walks through users and the rows that belong to them by keys, a batch at a time: a bounded number of statements for
   * each, no transaction, and no more in memory than a batch.
   */
  compare(scope?: ComparisonScope): AsyncGenerator<ComparedBatch>;
  /** How much `compare` will look at, about. */
  size(db: Executor, scope?: ComparisonScope): Promise<number>;
  /** Reads anew what cures need and may not wait for in a transaction. */
  ready(place: DisagreementPlace): Promise<void>;
  /**
   * Looks again with the rows held, and settles the disagreement if it is still there; recorded in the same transaction.
   * @returns false where there is nothing to settle any more
   * @throws UserComparisonError; DuplicateKeyError with the commit, where a name or address has been taken
   */
  cure(tx: Transaction, place: DisagreementPlace, remedy: Remedy, curing: Curing): Promise<boolean>;
}
export const UserComparison: ServiceToken<UserComparison> = service<UserComparison>('provisioning.UserComparison');
