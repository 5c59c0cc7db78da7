import type { Transaction } from '../database/executor.ts';
import { type Dependencies, type Resolved, type ServiceToken, service } from './token.ts';

/** Names something that happened and types what it carries. */
export interface Event<P> {
  readonly kind: 'event';
  readonly id: string;
  readonly payload?: P;
}

/** Declares an event. `id` reads `<module>.<Happened>`. */
export function event<P>(id: string): Event<P> {
  return Object.freeze({ kind: 'event', id });
}

export interface Observer {
  readonly event: Event<unknown>;
  /** Unique over all modules. */
  readonly id: string;
  readonly when: 'transaction' | 'committed';
  readonly dependencies: Dependencies;
  readonly handle: (payload: unknown, resolved: Record<string, unknown>, tx: Transaction) => void | Promise<void>;
}

/**
 * Declares an observer. `when: 'transaction'` runs inside the writer's transaction (an error rolls it back; a retry
 * runs it again); `when: 'committed'` runs after the commit (an error is logged and changes nothing).
 */
export function observe<P, D extends Dependencies = Record<never, never>>(
  observed: Event<P>,
  declaration:
    | {
        id: string;
        when: 'transaction';
        inject?: D;
        handle: (payload: P, resolved: Resolved<D>, tx: Transaction) => void | Promise<void>;
      }
    | {
        id: string;
        when: 'committed';
        inject?: D;
        handle: (payload: P, resolved: Resolved<D>) => void | Promise<void>;
      },
): Observer {
  return {
    event: observed,
    id: declaration.id,
    when: declaration.when,
    dependencies: declaration.inject ?? {},
    handle: declaration.handle as Observer['handle'],
  };
}

/** Tells observers. `emit` runs the in-transaction ones now, in module order, and queues the others for the commit. */
export interface Events {
  emit<P>(happened: Event<P>, payload: P, tx: Transaction): Promise<void>;
  /** True when somebody observes; lets a writer skip building an expensive payload. */
  observed(happened: Event<unknown>): boolean;
  /** Ids of those who observe, in module order. */
  observers(happened: Event<unknown>): readonly string[];
}
export const Events: ServiceToken<Events> = service<Events>('framework.Events');
