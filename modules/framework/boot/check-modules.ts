import type { ModuleManifest } from '../module/manifest.ts';
import type { Problem } from './problem.ts';
import { inRange } from './version-range.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

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
    if (!NAME.test(module.name)) {
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
    checkHostRange(module, hostVersion, report);
  }
  return [...byName.values()];
}

function checkHostRange(module: ModuleManifest, hostVersion: string, report: (problem: Problem) => void): void {
  if (module.host === undefined) return;
  const fits = inRange(hostVersion, module.host);
  if (fits === true) return;
  report({
    code: 'HOST_RANGE',
    module: module.name,
    message:
      fits === undefined
        ? `names the host range "${module.host}", which cannot be read.`
        : `is made for hosts "${module.host}", and this host is ${hostVersion}.`,
    cure: fits === undefined ? 'Write a range such as "^1" or ">=1.0 <2".' : 'Install a version of it for this host.',
  });
}
