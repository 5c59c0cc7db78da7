import type { ModuleManifest } from '../module/manifest.ts';
import type { Token } from '../module/token.ts';
import { askersOf, namedBy } from './askers.ts';
import type { Problem } from './problem.ts';

type Report = (problem: Problem) => void;

/** Ids that must be unique over all modules are; a service has one provider; a token id is declared once. */
export function checkUnique(modules: readonly ModuleManifest[], report: Report): void {
  const once = (kind: string, idsOf: (module: ModuleManifest) => readonly string[]): void => {
    for (const { id, first, second } of repeated(modules, idsOf)) {
      report({
        code: 'ID_DUPLICATE',
        module: second,
        message: `declares the ${kind} "${id}", as ${first === second ? 'it already does' : `"${first}" does`}.`,
        cure: 'Give one of them another name.',
      });
    }
  };
  once('plugin', (module) => (module.plugins ?? []).map((item) => item.id));
  once('observer', (module) => (module.observers ?? []).map((item) => item.id));
  once('hook', (module) => (module.hooks ?? []).map((item) => item.id));
  once('command', (module) => (module.commands ?? []).map((item) => item.name));
  once('route', (module) => (module.routes ?? []).map(endpointOf));
  once('configuration path', (module) => (module.config ?? []).map((item) => item.path));
  once('ACL resource', (module) => Object.keys(module.acl ?? {}));

  for (const { id, first, second } of repeated(modules, (module) =>
    (module.provides ?? []).map((item) => item.token.id),
  )) {
    report({
      code: 'PROVIDER_DUPLICATE',
      module: second,
      message: `provides ${id}, as ${first === second ? 'it already does' : `"${first}" does`}.`,
      cure: 'Disable one of the two modules, or change the service by a plugin.',
    });
  }
  checkTokens(modules, report);
}

/** Parameter names do not tell two routes apart: `/a/:b` and `/a/:c` answer the same requests. */
function endpointOf(item: NonNullable<ModuleManifest['routes']>[number]): string {
  return item.kind === 'mount' ? item.path : `${item.method} ${item.path.replace(/:[A-Za-z_]\w*/g, ':_')}`;
}

function* repeated(modules: readonly ModuleManifest[], idsOf: (module: ModuleManifest) => readonly string[]) {
  const owners = new Map<string, string>();
  for (const module of modules) {
    for (const id of idsOf(module)) {
      const first = owners.get(id);
      if (first === undefined) owners.set(id, module.name);
      else yield { id, first, second: module.name };
    }
  }
}

/** Two `service('x.Y')` calls would silently share one name; the compiler cannot see that. */
function checkTokens(modules: readonly ModuleManifest[], report: Report): void {
  const known = new Map<string, { token: Token<unknown>; module: string }>();
  const told = new Set<string>();
  for (const module of modules) {
    const tokens = [...namedBy(module), ...askersOf(module).flatMap((asker) => asker.tokens)];
    for (const token of tokens.filter((candidate) => !candidate.wish)) {
      const first = known.get(token.id);
      if (!first) known.set(token.id, { token, module: module.name });
      else if (first.token !== token && !told.has(token.id)) {
        told.add(token.id);
        report({
          code: 'TOKEN_DUPLICATE',
          module: module.name,
          message: `uses a second token with the id "${token.id}"; "${first.module}" uses the first.`,
          cure: "Declare it once and import it from its module's index.ts.",
        });
      }
    }
  }
}
