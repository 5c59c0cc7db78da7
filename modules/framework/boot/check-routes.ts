import type { Inventory } from './inventory.ts';
import type { Problem } from './problem.ts';

/** `/`, or a path whose first segment is a word. */
const begins = /^\/(?:[\w.-]+(?:\/|$)|$)/;

/** Routes are found by their first segment (`http/subtrees.ts`), so that has to be one and no parameter. */
export function checkRoutes({ routes }: Inventory, report: (problem: Problem) => void): void {
  for (const { module, item } of routes) {
    if (begins.test(item.path)) continue;
    report({
      code: 'ROUTE_PATH',
      module,
      message: `declares the ${item.kind} ${item.path}, which begins with no word.`,
      cure: `Begin it with one of its own, such as /${module}${item.path}.`,
    });
  }
}
