import type { Command } from '../cli/command.ts';
import type { ConfigSection } from '../config/section.ts';
import type { Mount, Route } from '../http/route.ts';
import type { Observer } from '../module/event.ts';
import type { Hook } from '../module/hook.ts';
import type { ModuleManifest } from '../module/manifest.ts';
import type { Plugin } from '../module/plugin.ts';
import type { Contribution, Provision } from '../module/provision.ts';
import { type ServiceToken, service } from '../module/token.ts';

/** Something a module declares, and the module. */
export interface Declared<T> {
  readonly module: string;
  readonly item: T;
}

/** A service replaced from outside, by tests: its factories never run. */
export type Override = readonly [token: ServiceToken<unknown>, value: unknown];

/** Everything the enabled modules declare, in module order, by what it is asked for. */
export interface Inventory {
  readonly modules: readonly ModuleManifest[];
  /** The first provider of each service; a second one is a problem that the checks report. */
  readonly providers: ReadonlyMap<string, Declared<Provision>>;
  readonly contributions: ReadonlyMap<string, readonly Declared<Contribution>[]>;
  /** Per service, in the order in which they take effect, disabled ones included. */
  readonly plugins: ReadonlyMap<string, readonly Declared<Plugin>[]>;
  readonly observers: ReadonlyMap<string, readonly Declared<Observer>[]>;
  readonly routes: readonly Declared<Route | Mount>[];
  readonly commands: readonly Declared<Command>[];
  readonly hooks: readonly Declared<Hook>[];
  readonly sections: ReadonlyMap<string, Declared<ConfigSection>>;
  /** ACL resource id → what granting it allows. */
  readonly acl: ReadonlyMap<string, string>;
}

export const Inventory: ServiceToken<Inventory> = service<Inventory>('framework.Inventory');

/** Gathers what `modules` (in their order) declare. Checks nothing. */
export function takeInventory(modules: readonly ModuleManifest[], overrides: readonly Override[] = []): Inventory {
  const each = <T>(pick: (module: ModuleManifest) => readonly T[] | undefined): Declared<T>[] =>
    modules.flatMap((module) => (pick(module) ?? []).map((item) => ({ module: module.name, item })));

  const providers = new Map<string, Declared<Provision>>();
  for (const provider of each((module) => module.provides)) {
    if (!providers.has(provider.item.token.id)) providers.set(provider.item.token.id, provider);
  }
  for (const [token, value] of overrides) {
    const module = providers.get(token.id)?.module ?? 'override';
    providers.set(token.id, { module, item: { token, dependencies: {}, create: () => value } });
  }
  const sections = new Map<string, Declared<ConfigSection>>();
  for (const section of each((module) => module.config)) {
    if (!sections.has(section.item.path)) sections.set(section.item.path, section);
  }
  const plugins = grouped(
    each((module) => module.plugins),
    (plugin) => plugin.target.id,
  );
  for (const list of plugins.values()) list.sort((a, b) => sortOrderOf(a.item) - sortOrderOf(b.item) || 0);

  return {
    modules,
    providers,
    contributions: grouped(
      each((module) => module.contributes),
      (contribution) => contribution.point.id,
    ),
    plugins,
    observers: grouped(
      each((module) => module.observers),
      (observer) => observer.event.id,
    ),
    routes: each((module) => module.routes),
    commands: each((module) => module.commands),
    hooks: each((module) => module.hooks),
    sections,
    acl: new Map(modules.flatMap((module) => Object.entries(module.acl ?? {}))),
  };
}

/** Magento's rule: ascending, one without an order comes first (there PHP_INT_MIN), equal ones keep module order. */
const sortOrderOf = (plugin: Plugin): number => plugin.sortOrder ?? Number.MIN_SAFE_INTEGER;

function grouped<T>(items: readonly Declared<T>[], keyOf: (item: T) => string): Map<string, Declared<T>[]> {
  const groups = new Map<string, Declared<T>[]>();
  for (const declared of items) {
    const key = keyOf(declared.item);
    const group = groups.get(key);
    if (group) group.push(declared);
    else groups.set(key, [declared]);
  }
  return groups;
}
