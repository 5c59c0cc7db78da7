import type { ModuleManifest } from '../module/manifest.ts';
import { ownerOf, type Token } from '../module/token.ts';
import { askersOf } from './askers.ts';
import type { Inventory } from './inventory.ts';
import type { Problem } from './problem.ts';
import { reachOf } from './sequence.ts';

type Report = (problem: Problem) => void;

/** Whatever a module asks for, advises or observes exists and belongs to a module that comes before it. */
export function checkReferences(inventory: Inventory, report: Report): void {
  const reach = reachOf(inventory.modules);
  for (const module of inventory.modules) {
    const within = reach.get(module.name) ?? new Set<string>();
    for (const { what, tokens } of askersOf(module)) {
      for (const token of tokens) checkAsked(inventory, module, within, what, token, report);
    }
    for (const { what, owner, id } of touchedBy(module)) {
      if (!within.has(owner) && !(module.optional ?? []).includes(owner)) report(outOfReach(module, owner, what, id));
    }
    for (const { id, target } of module.plugins ?? []) {
      // Where the owner is an optional module that is not enabled, the plugin rests.
      const rests = !inventory.modules.some(({ name }) => name === ownerOf(target.id));
      if (!rests && !inventory.providers.has(target.id))
        report(unprovided(module, `plugin ${id} advises ${target.id}`));
    }
  }
}

function checkAsked(
  inventory: Inventory,
  module: ModuleManifest,
  within: ReadonlySet<string>,
  what: string,
  token: Token<unknown>,
  report: Report,
): void {
  const owner = token.kind === 'config' ? inventory.sections.get(token.id)?.module : ownerOf(token.id);
  // An extension point of an optional module is empty where that is missing.
  const mayMiss = token.wish || token.kind === 'extension-point';
  if (owner !== undefined && !within.has(owner) && !(mayMiss && (module.optional ?? []).includes(owner))) {
    report(outOfReach(module, owner, what, token.id));
  } else if (isUnmet(inventory, token)) {
    report({
      code: 'SERVICE_UNPROVIDED',
      module: module.name,
      message: `${what} asks for ${token.id}, which no enabled module ${token.kind === 'config' ? 'declares' : 'provides'}.`,
      cure:
        token.kind === 'config'
          ? "Add the section to a module's config list."
          : 'Enable a module that provides it, or ask with whenProvided().',
    });
  }
}

function isUnmet(inventory: Inventory, token: Token<unknown>): boolean {
  if (token.wish || token.kind === 'extension-point') return false;
  return token.kind === 'config' ? !inventory.sections.has(token.id) : !inventory.providers.has(token.id);
}

function unprovided(module: ModuleManifest, what: string): Problem {
  return {
    code: 'SERVICE_UNPROVIDED',
    module: module.name,
    message: `${what}, which no enabled module provides.`,
    cure: 'Enable a module that provides it, or take the plugin out.',
  };
}

function touchedBy(module: ModuleManifest): { what: string; owner: string; id: string }[] {
  return [
    ...(module.plugins ?? []).map((item) => ({ what: `plugin ${item.id}`, id: item.target.id })),
    ...(module.observers ?? []).map((item) => ({ what: `observer ${item.id}`, id: item.event.id })),
    ...(module.contributes ?? []).map((item) => ({ what: 'a contribution', id: item.point.id })),
    ...(module.provides ?? []).map((item) => ({ what: 'a provided service', id: item.token.id })),
  ].map((touched) => ({ ...touched, owner: ownerOf(touched.id) }));
}

function outOfReach(module: ModuleManifest, owner: string, what: string, id: string): Problem {
  return {
    code: 'SEQUENCE_INCOMPLETE',
    module: module.name,
    message: `${what} uses ${id} of "${owner}", which is not in the sequence of "${module.name}".`,
    cure: `Add '${owner}' to its sequence.`,
  };
}
