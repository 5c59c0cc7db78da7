import { Config } from '../config/config.ts';
import type { Token } from '../module/token.ts';
import type { Inventory } from './inventory.ts';
import type { Problem } from './problem.ts';

/** What has to exist before the thing a token names can: its factory's dependencies and those of its plugins. */
export function needsOf(inventory: Inventory, token: Token<unknown>): readonly Token<unknown>[] {
  switch (token.kind) {
    case 'config':
      return [Config];
    case 'extension-point':
      return (inventory.contributions.get(token.id) ?? []).flatMap(({ item }) => Object.values(item.dependencies));
    case 'service': {
      const plugins = (inventory.plugins.get(token.id) ?? []).filter(({ item }) => !item.disabled);
      return [
        ...Object.values(inventory.providers.get(token.id)?.item.dependencies ?? {}),
        ...plugins.flatMap(({ item }) => Object.values(item.dependencies)),
      ];
    }
  }
}

/** Every token that boot creates something for, in module order. */
export function tokensOf(inventory: Inventory): readonly Token<unknown>[] {
  return [
    ...[...inventory.providers.values()].map(({ item }) => item.token),
    ...[...inventory.contributions.values()].flatMap(([first]) => (first ? [first.item.point] : [])),
    ...[...inventory.sections.values()].map(({ item }) => item.token),
  ];
}

/** Services that need each other in a circle can never be created: each circle is reported once, with its path. */
export function checkCycles(inventory: Inventory, report: (problem: Problem) => void): void {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (token: Token<unknown>): void => {
    if (done.has(token.id)) return;
    const start = path.indexOf(token.id);
    if (start >= 0) {
      report(cycleProblem(inventory, [...path.slice(start), token.id]));
      return;
    }
    path.push(token.id);
    for (const needed of needsOf(inventory, token)) visit(needed);
    path.pop();
    done.add(token.id);
  };
  for (const token of tokensOf(inventory)) visit(token);
}

function cycleProblem(inventory: Inventory, path: readonly string[]): Problem {
  const first = path[0] ?? '';
  return {
    code: 'SERVICE_CYCLE',
    module: inventory.providers.get(first)?.module ?? inventory.sections.get(first)?.module ?? first,
    message: `services need each other in a circle: ${path.join(' → ')}.`,
    cure: 'Move what two of them share into a third service, or tell one by an event.',
  };
}
