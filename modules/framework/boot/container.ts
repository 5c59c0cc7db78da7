import { Config } from '../config/config.ts';
import { DatabaseError } from '../database/errors.ts';
import type { MethodAdvice, Plugin } from '../module/plugin.ts';
import type { Dependencies, Token } from '../module/token.ts';
import type { Link, Method } from './chain.ts';
import { needsOf, tokensOf } from './graph.ts';
import type { Declared, Inventory } from './inventory.ts';
import type { Problem } from './problem.ts';
import { hasMethod, weave } from './weave.ts';

/** Makes what the modules provide, each thing once and after what it needs. */
export interface Container {
  /** Creates these and all they need; everything when nothing is named. Faults are reported, their dependants left out. */
  create(tokens?: readonly Token<unknown>[]): Promise<void>;
  /** @throws when the token was not created */
  resolve<T>(token: Token<T>): T;
  resolveAll(dependencies: Dependencies): Record<string, unknown>;
  /** True when each of these exists already; a partial boot makes only some. */
  has(dependencies: Dependencies): boolean;
  /** Milliseconds that each factory took, by token id, in the order of creation. */
  readonly timings: ReadonlyMap<string, number>;
  /** The advice of the plugins woven so far, by plugin id. */
  readonly advice: ReadonlyMap<string, Readonly<Record<string, MethodAdvice<Method>>>>;
}

/** A container over a checked inventory: references resolve and there is no cycle. */
export function createContainer(inventory: Inventory, report: (problem: Problem) => void): Container {
  const made = new Map<string, unknown>();
  const failed = new Set<string>();
  const timings = new Map<string, number>();
  const advice = new Map<string, Readonly<Record<string, MethodAdvice<Method>>>>();

  function resolve(token: Token<unknown>): unknown {
    if (made.has(token.id)) return made.get(token.id);
    if (token.kind === 'extension-point') return [];
    if (token.wish) return undefined;
    throw new Error(`${token.id} was not created: ask for it through the dependencies of what needs it.`);
  }
  const resolveAll = (dependencies: Dependencies): Record<string, unknown> =>
    Object.fromEntries(Object.entries(dependencies).map(([name, token]) => [name, resolve(token)]));

  async function attempt<T>(module: string, what: string, work: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      // What is wrong with a database is the operator's to mend, and says all of it itself.
      if (cause instanceof DatabaseError)
        report({ code: 'FACTORY_FAILED', module, message: `${said}.`, cure: 'Check DATABASE_URL.', cause });
      else
        report({ code: 'FACTORY_FAILED', module, message: `${what} could not be created: ${said}`, cure: '', cause });
      return undefined;
    }
  }

  async function makeService(token: Token<unknown>): Promise<unknown> {
    const provider = inventory.providers.get(token.id);
    if (!provider) return undefined;
    const began = performance.now();
    const service = await attempt(provider.module, token.id, async () => {
      const created = await provider.item.create(resolveAll(provider.item.dependencies));
      if (created === undefined) throw new Error('its factory answered nothing.');
      return created;
    });
    timings.set(token.id, performance.now() - began);
    return service === undefined ? undefined : advised(token, service);
  }

  async function advised(token: Token<unknown>, service: unknown): Promise<unknown> {
    const links = new Map<string, Link[]>();
    for (const plugin of inventory.plugins.get(token.id) ?? []) {
      if (!plugin.item.disabled) await link(plugin, service, links);
    }
    return links.size > 0 && typeof service === 'object' && service !== null ? weave(service, links) : service;
  }

  async function link({ module, item }: Declared<Plugin>, service: unknown, links: Map<string, Link[]>): Promise<void> {
    const given = await attempt(module, `plugin ${item.id}`, () => item.advise(resolveAll(item.dependencies)));
    if (!given) return;
    advice.set(item.id, given);
    for (const [method, methodAdvice] of Object.entries(given)) {
      if (hasMethod(service, method)) {
        links.set(method, [...(links.get(method) ?? []), { id: item.id, advice: methodAdvice }]);
      } else {
        report({
          code: 'METHOD_UNKNOWN',
          module,
          message: `plugin ${item.id} advises ${item.target.id}.${method}, and the service has no such method.`,
          cure: 'Correct the name.',
        });
      }
    }
  }

  async function makePoint(token: Token<unknown>): Promise<unknown> {
    const items: unknown[] = [];
    for (const { module, item } of inventory.contributions.get(token.id) ?? []) {
      const created = await attempt(module, `contribution to ${token.id}`, () =>
        item.create(resolveAll(item.dependencies)),
      );
      if (created === undefined) return undefined;
      items.push(created);
    }
    return Object.freeze(items);
  }

  function makeReader(token: Token<unknown>): unknown {
    const section = inventory.sections.get(token.id)?.item;
    const config = made.get(Config.id) as Config | undefined;
    return section && config?.reader(section);
  }

  async function ensure(token: Token<unknown>): Promise<boolean> {
    if (made.has(token.id)) return true;
    if (failed.has(token.id)) return false;
    if (token.wish && !inventory.providers.has(token.id)) return true;
    for (const needed of needsOf(inventory, token)) {
      if (!(await ensure(needed))) {
        failed.add(token.id);
        return false;
      }
    }
    const make = { service: makeService, 'extension-point': makePoint, config: makeReader }[token.kind];
    const value = await make(token);
    if (value === undefined) failed.add(token.id);
    else made.set(token.id, value);
    return value !== undefined;
  }

  return {
    async create(tokens = tokensOf(inventory)) {
      for (const token of tokens) await ensure(token);
    },
    resolve: <T>(token: Token<T>) => resolve(token) as T,
    resolveAll,
    has: (dependencies) => Object.values(dependencies).every((token) => token.wish || made.has(token.id)),
    timings,
    advice,
  };
}
