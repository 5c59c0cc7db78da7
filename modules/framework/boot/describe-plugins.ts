import { traceChain } from './chain.ts';
import type { Container } from './container.ts';
import type { Inventory } from './inventory.ts';

/** The plugins of one method of a service, in the order in which they take effect. */
export interface PluginDescription {
  readonly service: string;
  readonly method: string;
  readonly plugins: readonly {
    readonly id: string;
    readonly module: string;
    /** null: none was given, so it comes first. */
    readonly sortOrder: number | null;
    readonly advises: readonly string[];
  }[];
  /** What runs when the method is called: `a.before`, `b.around>`, `real`, `<b.around`, `a.after`. */
  readonly calls: readonly string[];
}

/**
 * Describes the plugins of all services, or of those whose id is or ends with `service`, optionally with a method:
 * `attribute-mapping.UserMapping`, `UserMapping`, `UserMapping.toCustomer`. Disabled plugins are left out.
 */
export function describePlugins(inventory: Inventory, container: Container, service?: string): PluginDescription[] {
  const described: PluginDescription[] = [];
  for (const [id, declared] of inventory.plugins) {
    const woven = declared.flatMap(({ module, item }) => {
      const advice = container.advice.get(item.id);
      return advice ? [{ module, item, advice }] : [];
    });
    for (const method of new Set(woven.flatMap(({ advice }) => Object.keys(advice)))) {
      if (service !== undefined && !names(service, id, method)) continue;
      const chain = woven.flatMap(({ module, item, advice }) => {
        const methodAdvice = advice[method];
        return methodAdvice ? [{ id: item.id, module, sortOrder: item.sortOrder ?? null, advice: methodAdvice }] : [];
      });
      described.push({
        service: id,
        method,
        plugins: chain.map(({ advice, ...plugin }) => ({ ...plugin, advises: Object.keys(advice) })),
        calls: traceChain(chain),
      });
    }
  }
  return described;
}

function names(asked: string, id: string, method: string): boolean {
  const short = id.slice(id.indexOf('.') + 1);
  return [id, short, `${id}.${method}`, `${short}.${method}`].includes(asked);
}
