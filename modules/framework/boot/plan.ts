import { overrideProblems } from '../config/overrides.ts';
import type { ModuleManifest } from '../module/manifest.ts';
import { checkAcl } from './check-acl.ts';
import { checkConfig } from './check-config.ts';
import { checkModules } from './check-modules.ts';
import { checkReferences } from './check-references.ts';
import { checkRoutes } from './check-routes.ts';
import { checkUnique } from './check-unique.ts';
import { checkCycles } from './graph.ts';
import { type Inventory, type Override, takeInventory } from './inventory.ts';
import { BootError, type Problem } from './problem.ts';
import { orderModules } from './sequence.ts';

/** What a boot is planned from. */
export interface PlanInput {
  readonly modules: readonly ModuleManifest[];
  readonly hostVersion: string;
  /** `CONFIG__…` variables. */
  readonly configOverrides: Readonly<Record<string, string>>;
  readonly overrides?: readonly Override[];
}

/**
 * Orders the modules and checks everything that can be checked before a factory runs.
 *
 * @throws BootError with all faults in one report
 */
export function planBoot({ modules, hostVersion, configOverrides, overrides = [] }: PlanInput): Inventory {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => {
    problems.push(problem);
  };
  const named = checkModules(modules, hostVersion, report);
  checkUnique(named, report);
  const ordered = orderModules(named, report);
  const inventory = takeInventory(ordered, overrides);
  checkAcl(inventory, report);
  checkRoutes(inventory, report);
  checkConfig(inventory, report);
  problems.push(...overrideProblems(inventory.sections, configOverrides));
  // What hangs on a missing module would fill the report with consequences; the cause is enough.
  if (!problems.some(({ code }) => code === 'MODULE_MISSING' || code === 'MODULE_CYCLE')) {
    checkReferences(inventory, report);
    checkCycles(inventory, report);
  }
  if (problems.length > 0) throw new BootError(problems);
  return inventory;
}
