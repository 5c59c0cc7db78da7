import type { ModuleManifest } from '../module/manifest.ts';
import { hostRangeProblem } from './host-range.ts';
import type { Problem } from './problem.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Lower-case letters, digits and single hyphens, a letter first. */
export const isModuleName = (name: string): boolean => NAME.test(name);

/**
 * Names follow the grammar and are used once, and every module works with this host.
 *
 * @returns the modules that can be talked about further: each name once
 */
export function checkModules(
  modules: readonly ModuleManifest[],
  hostVersion: string,
  report: (problem: Problem) => void,
): readonly ModuleManifest[] {
  const byName = new Map<string, ModuleManifest>();
  for (const module of modules) {
    if (!isModuleName(module.name)) {
      report({
        code: 'MODULE_NAME',
        module: module.name,
        message: 'is not a module name.',
        cure: 'Use lower-case letters, digits and single hyphens, starting with a letter, such as "loyalty-tier".',
      });
    }
    if (byName.has(module.name)) {
      report({
        code: 'MODULE_DUPLICATE',
        module: module.name,
        message: 'is the name of two modules.',
        cure: 'Rename one of them or leave one out.',
      });
    }
    byName.set(module.name, byName.get(module.name) ?? module);
    const { name, version, host } = module;
    const outside = hostRangeProblem({ module: name, what: `version ${version}`, range: host }, hostVersion);
    if (outside) report(outside);
  }
  return [...byName.values()];
}
