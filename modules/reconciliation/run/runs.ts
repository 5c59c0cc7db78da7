import { type Executor, type ServiceToken, service } from '../../framework/index.ts';
import type { Cure, CureOutcome, Finding, FindingKind } from '../finding.ts';
import type { Told } from '../reconciliation.ts';

/** A comparison of everything, with its findings kept. */
export interface ReconciliationRun {
  readonly id: number;
  readonly by: string;
  /** `stopped`: nothing has been heard of it for a minute, as where its process has ended. */
  readonly state: 'running' | 'done' | 'failed' | 'stopped';
  readonly done: number;
  readonly total: number;
  readonly found: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Of a run that failed. */
  readonly failure: string | null;
}

/** What the last run that came to its end has found, by kind. */
export interface KindCount {
  readonly kind: FindingKind;
  readonly found: number;
  /** Kept and not cured yet; of very many findings not all are kept. */
  readonly open: number;
}

export interface ReconciliationStanding {
  /** The run that is under way, or the last one, however it ended. */
  readonly latest: ReconciliationRun | undefined;
  /** The last one that came to its end: findings are its. */
  readonly finished: ReconciliationRun | undefined;
  readonly counts: readonly KindCount[];
}

export interface KeptFinding extends Omit<Finding, 'connection'> {
  readonly id: number;
}

export interface KeptFilter {
  readonly kind?: FindingKind | undefined;
  readonly connectionId?: number | undefined;
}

/** What came of curing many. */
export interface CuredMany {
  readonly cured: number;
  /** Held no more. */
  readonly gone: number;
  readonly refused: number;
  /** Why, of the first that were refused. */
  readonly reasons: readonly string[];
}

/** Runs, their findings, and what is done about them. */
export interface ReconciliationRuns {
  /**
   * Compares everything and keeps what is found, in place of what was found before. Of several processes that ask at once one
   * does it: the others get undefined, as where a run began after `notSince` (milliseconds since 1970).
   */
  run(by: string, told?: Told, notSince?: number): Promise<ReconciliationRun | undefined>;
  /** Ends runs of this process after the batch that is under way; they can't go on where they were. */
  stop(): Promise<void>;
  /** One statement. */
  standing(db: Executor): Promise<ReconciliationStanding>;
  /** Findings that are open, in the order of their ids. One statement. */
  findings(
    db: Executor,
    runId: number,
    filter: KeptFilter,
    page: { readonly after?: number | undefined; readonly before?: number | undefined; readonly limit: number },
  ): Promise<readonly KeptFinding[]>;
  /** One that is open. @throws ReconciliationError `FINDING_UNKNOWN` */
  finding(db: Executor, id: number): Promise<KeptFinding>;
  /** @throws ReconciliationError `CURE_REFUSED`, `FINDING_UNKNOWN` */
  cure(id: number, cure: Cure, by: string): Promise<CureOutcome>;
  /** Every open finding of a kind, each in a transaction of its own; what is refused stays open. */
  cureAll(filter: KeptFilter & { readonly kind: FindingKind }, cure: Cure, by: string, told?: Told): Promise<CuredMany>;
}
export const ReconciliationRuns: ServiceToken<ReconciliationRuns> = service<ReconciliationRuns>(
  'reconciliation.ReconciliationRuns',
);
