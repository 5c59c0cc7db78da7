import { type Executor, type ServiceToken, service } from '../../framework/index.ts';

/** What a task is about: one at a time for each kind and subject. */
export interface TaskKey {
  /** `<room>.<what>`, at most 60 characters. */
  readonly kind: string;
  readonly subject: string;
}

export interface Task {
  readonly by: string;
  /** `stopped`: it has not been heard of for half a minute, as where its process has ended. */
  readonly state: 'running' | 'done' | 'failed' | 'stopped';
  readonly done: number;
  /** 0 where nobody knows. */
  readonly total: number;
  /** UTC, as the database holds it. */
  readonly startedAt: string;
  /** What it came to, as JSON; of a failure a sentence. */
  readonly result: unknown;
}

/** Told by the work as it goes on; written to the database twice a second at most. */
export type Progress = (done: number, total: number) => void;

/** Work that takes longer than a page. Every process sees how far it has come. */
export interface Tasks {
  /** Begins the work unless the same is under way; what the work answers is kept as JSON. @returns whether it began */
  start(key: TaskKey, by: string, work: (progress: Progress) => Promise<unknown>): Promise<boolean>;
  latest(db: Executor, key: TaskKey): Promise<Task | undefined>;
  /** Waits for what this process has begun. For tests. */
  settled(): Promise<void>;
}
export const Tasks: ServiceToken<Tasks> = service<Tasks>('admin.Tasks');
