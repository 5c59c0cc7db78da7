import type { Connection } from '../../connection/index.ts';
import { type Executor, type ServiceToken, service } from '../../framework/index.ts';
import type { ImpactedCustomer, ImpactProgress } from './impact.ts';

export type MappingRunErrorCode = 'RUN_TAKEN' | 'VERSION_CHANGED';

/** Says why a run ended before all customers were seen, and what to do. */
export class MappingRunError extends Error {
  override readonly name = 'MappingRunError';
  readonly code: MappingRunErrorCode;
  constructor(code: MappingRunErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A run through the customers of a connection, as it is remembered. */
export interface MappingRun {
  readonly id: number;
  readonly version: number;
  /** `running` may also mean that it was killed: the next run of the same version goes on with it. */
  readonly state: 'running' | 'done' | 'stopped';
  readonly actor: string;
  readonly total: number;
  readonly changed: number;
  readonly same: number;
  readonly failed: number;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** What a run tells of: customers that failed, how far it is, and, last, what came of it. */
export type MappingRunEvent =
  | (Omit<ImpactedCustomer, 'kind' | 'outcome'> & { readonly kind: 'customer'; readonly outcome: 'changed' | 'failed' })
  | ImpactProgress
  | ({ readonly kind: 'summary'; readonly resumed: boolean } & MappingRun);

/** Brings customers to the mapping in effect, from what their provider last sent of them. */
export interface MappingRuns {
  /**
   * Changes every customer that differs, each in a transaction of its own with a record that names `actor`. A run that
   * was killed is gone on with; one that is done can be run again and finds nothing to do. What the store has changed
   * stays, unless the mapping says something else of it than before.
   * @throws MappingRunError
   */
  apply(connection: Connection, actor: string): AsyncGenerator<MappingRunEvent>;
  /** The latest runs of a connection, newest first, at most twenty. */
  latest(db: Executor, connection: Connection): Promise<readonly MappingRun[]>;
}
export const MappingRuns: ServiceToken<MappingRuns> = service<MappingRuns>('provisioning.MappingRuns');
