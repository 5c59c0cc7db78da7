import type { MethodAdvice } from '../module/plugin.ts';

// biome-ignore lint/suspicious/noExplicitAny: a method of any shape, which the compiler checked where it was declared
export type Method = (...args: any[]) => any;

/** One plugin's advice on one method. */
export interface Link {
  readonly id: string;
  readonly advice: MethodAdvice<Method>;
}

interface Segment {
  readonly links: readonly Link[];
  /** The last link's `around`, under which the rest of the list hangs. */
  readonly around?: NonNullable<MethodAdvice<Method>['around']>;
  readonly rest: readonly Link[];
}

/** Magento's rule: the list is cut after each plugin that has an around; a segment's afters run when that returns. */
function firstSegment(links: readonly Link[]): Segment {
  const cut = links.findIndex((link) => link.advice.around);
  const around = links[cut]?.advice.around;
  return around ? { links: links.slice(0, cut + 1), around, rest: links.slice(cut + 1) } : { links, rest: [] };
}

/**
 * Composes one function from a method and its plugins, given in ascending order. For A(10), B(20, around), C(30) it
 * runs `A.before B.before B.around> C.before real C.after <B.around A.after B.after`, as Magento's Interceptor does:
 * befores may replace the arguments (nothing returned leaves them), afters see the replaced arguments and answer the
 * result, all ascending.
 */
export function composeChain(links: readonly Link[], real: Method): Method {
  if (links.length === 0) return real;
  const segment = firstSegment(links);
  const befores = segment.links.flatMap((link) => link.advice.before ?? []);
  const afters = segment.links.flatMap((link) => link.advice.after ?? []);
  const { around } = segment;
  const next = around ? composeChain(segment.rest, real) : real;
  const inner: Method = around ? (...args) => around(next, ...args) : real;
  return async (...given) => {
    let args = given;
    for (const before of befores) args = (await before(...args)) ?? args;
    let result = await inner(...args);
    for (const after of afters) result = await after(result, ...args);
    return result;
  };
}

/** The order in which {@link composeChain} calls things, as words: `a.before`, `b.around>`, `real`, `<b.around` … */
export function traceChain(links: readonly Link[]): readonly string[] {
  const { links: own, around, rest } = firstSegment(links);
  const id = own.at(-1)?.id;
  return [
    ...own.filter((link) => link.advice.before).map((link) => `${link.id}.before`),
    ...(around ? [`${id}.around>`, ...traceChain(rest), `<${id}.around`] : ['real']),
    ...own.filter((link) => link.advice.after).map((link) => `${link.id}.after`),
  ];
}
