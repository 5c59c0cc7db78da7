import type { ModuleManifest } from '../module/manifest.ts';
import type { Dependencies, Token } from '../module/token.ts';

/** One thing in a module that asks for tokens, named for reports. */
export interface Asker {
  readonly what: string;
  readonly tokens: readonly Token<unknown>[];
}

/** Everything in a module that has dependencies. */
export function askersOf(module: ModuleManifest): readonly Asker[] {
  const asker = (what: string, dependencies: Dependencies): Asker => ({ what, tokens: Object.values(dependencies) });
  return [
    ...(module.provides ?? []).map((item) => asker(`service ${item.token.id}`, item.dependencies)),
    ...(module.contributes ?? []).map((item) => asker(`contribution to ${item.point.id}`, item.dependencies)),
    ...(module.plugins ?? []).map((item) => asker(`plugin ${item.id}`, item.dependencies)),
    ...(module.observers ?? []).map((item) => asker(`observer ${item.id}`, item.dependencies)),
    ...(module.routes ?? []).map((item) => asker(`${item.kind} ${item.path}`, item.dependencies)),
    ...(module.commands ?? []).map((item) => asker(`command ${item.name}`, item.dependencies)),
    ...(module.hooks ?? []).map((item) => asker(`hook ${item.id}`, item.dependencies)),
  ];
}

/** Tokens a module names otherwise than by asking for them: what it provides, adds to, advises. */
export function namedBy(module: ModuleManifest): readonly Token<unknown>[] {
  return [
    ...(module.provides ?? []).map((item) => item.token),
    ...(module.contributes ?? []).map((item) => item.point),
    ...(module.plugins ?? []).map((item) => item.target),
  ];
}
