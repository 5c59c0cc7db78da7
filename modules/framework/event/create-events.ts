import type { Inventory } from '../boot/inventory.ts';
import type { Logger } from '../log/logger.ts';
import type { Event, Events } from '../module/event.ts';
import type { Dependencies } from '../module/token.ts';

type ResolveAll = (dependencies: Dependencies) => Record<string, unknown>;

export interface BoundEvents extends Events {
  /**
   * Gives observers what they asked for. Done when every service stands, so that a service may emit an event whose
   * observer uses that same service.
   */
  bind(resolveAll: ResolveAll): void;
}

/** Tells the inventory's observers, in module order. */
export function createEvents(observers: Inventory['observers'], logger: Logger): BoundEvents {
  const resolved = new Map<string, Record<string, unknown>>();

  return {
    bind(resolveAll) {
      for (const list of observers.values()) {
        for (const { item } of list) resolved.set(item.id, resolveAll(item.dependencies));
      }
    },
    observed: ({ id }: Event<unknown>) => observers.has(id),
    observers: ({ id }: Event<unknown>) => (observers.get(id) ?? []).map(({ item }) => item.id),
    async emit(happened, payload, tx) {
      for (const { item } of observers.get(happened.id) ?? []) {
        const dependencies = resolved.get(item.id);
        if (!dependencies) throw new Error(`${happened.id} was emitted before the host had started.`);
        if (item.when === 'transaction') await item.handle(payload, dependencies, tx);
        else {
          tx.afterCommit(async () => {
            try {
              await item.handle(payload, dependencies, tx);
            } catch (err) {
              logger.error({ err, event: happened.id, observer: item.id }, 'An observer failed after the commit');
            }
          });
        }
      }
    },
  };
}
