import type { ModuleManifest } from '../module/manifest.ts';
import type { Problem } from './problem.ts';

/** The room that every other one builds on; it always comes first and nobody has to name it. */
export const KERNEL = 'framework';

/**
 * Orders modules so that each comes after those of its `sequence`, and of its `optional` as far as they are enabled.
 * Ties go by name, so the order depends on nothing else (Magento's own sort gives the same promise less plainly).
 * Missing modules and cycles become problems; the modules of a cycle are left out of the answer.
 */
export function orderModules(
  modules: readonly ModuleManifest[],
  report: (problem: Problem) => void,
): readonly ModuleManifest[] {
  const byName = new Map(modules.map((module) => [module.name, module]));
  const waiting = new Map<string, Set<string>>();
  for (const module of byName.values()) {
    waiting.set(module.name, predecessorsOf(module, byName, report));
  }
  const ordered: ModuleManifest[] = [];
  for (;;) {
    const ready = [...waiting].filter(([, before]) => before.size === 0).map(([name]) => name);
    const next = ready.includes(KERNEL) ? KERNEL : ready.sort(byBytes)[0];
    const module = next === undefined ? undefined : byName.get(next);
    if (next === undefined || module === undefined) break;
    ordered.push(module);
    waiting.delete(next);
    for (const before of waiting.values()) before.delete(next);
  }
  if (waiting.size > 0) reportCycle(waiting, report);
  return ordered;
}

function predecessorsOf(
  module: ModuleManifest,
  byName: ReadonlyMap<string, ModuleManifest>,
  report: (problem: Problem) => void,
): Set<string> {
  const before = new Set<string>();
  for (const name of module.sequence ?? []) {
    if (byName.has(name)) before.add(name);
    else {
      report({
        code: 'MODULE_MISSING',
        module: module.name,
        message: `needs the module "${name}", which is not enabled.`,
        cure: `Run module:enable ${name}, or module:disable ${module.name}.`,
      });
    }
  }
  for (const name of module.optional ?? []) if (byName.has(name)) before.add(name);
  if (module.name !== KERNEL && byName.has(KERNEL)) before.add(KERNEL);
  return before;
}

function reportCycle(waiting: ReadonlyMap<string, ReadonlySet<string>>, report: (problem: Problem) => void): void {
  const path: string[] = [];
  let name = [...waiting.keys()].sort(byBytes)[0];
  // Every module left waits for another one that is left, so following them must come back to one already seen.
  while (name !== undefined && !path.includes(name)) {
    path.push(name);
    name = [...(waiting.get(name) ?? [])].sort(byBytes).find((candidate) => waiting.has(candidate));
  }
  if (name === undefined) return;
  const cycle = [...path.slice(path.indexOf(name)), name];
  report({
    code: 'MODULE_CYCLE',
    module: cycle[0] ?? name,
    message: `stands in a circle: ${cycle.join(' → ')}.`,
    cure: 'Take one of these out of the sequence, or move what both need into a third module.',
  });
}

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** For each module, the modules it may lean on: its sequence and optional ones, theirs, and the framework. */
export function reachOf(ordered: readonly ModuleManifest[]): ReadonlyMap<string, ReadonlySet<string>> {
  const reach = new Map<string, Set<string>>();
  for (const module of ordered) {
    const own = new Set([module.name, KERNEL]);
    for (const name of [...(module.sequence ?? []), ...(module.optional ?? [])]) {
      for (const reached of reach.get(name) ?? []) own.add(reached);
    }
    reach.set(module.name, own);
  }
  return reach;
}
