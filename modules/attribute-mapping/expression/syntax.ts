import { createRequire } from 'node:module';
import type jsonata from 'jsonata';
import type { ExpressionFault } from './expressions.ts';
import { offeredFunctions, withheldFunctions } from './functions.ts';

/** Characters that an expression may have. */
const longest = 10_000;

let parser: typeof jsonata | undefined;

/** Loaded when the first expression is looked at: a host without any never pays for it. */
function parse(text: string): unknown {
  parser ??= createRequire(import.meta.url)('jsonata') as typeof jsonata;
  return parser(text).ast();
}

type Node = Readonly<Record<string, unknown>>;

/** Every object of a syntax tree. */
function* nodesOf(tree: unknown): Generator<Node> {
  if (typeof tree !== 'object' || tree === null || tree instanceof RegExp) return;
  if (!Array.isArray(tree)) yield tree as Node;
  for (const inner of Object.values(tree)) yield* nodesOf(inner);
}

const variable = (node: unknown): string | undefined => {
  const { type, value } = (node ?? {}) as Node;
  return type === 'variable' && typeof value === 'string' ? value : undefined;
};

/** Names that the expression gives values to: by `:=`, as parameters, by `@` and by `#`. */
function boundIn(nodes: readonly Node[]): ReadonlySet<string> {
  const bound = new Set<string>();
  for (const node of nodes) {
    const names = [
      ...(node.type === 'bind' ? [variable(node.lhs)] : []),
      ...(node.type === 'lambda' && Array.isArray(node.arguments) ? node.arguments.map(variable) : []),
      node.focus,
      node.index,
    ];
    for (const name of names) if (typeof name === 'string') bound.add(name);
  }
  return bound;
}

/** The first call of a function that is not there, or is withheld. */
function foreignCall(tree: unknown): ExpressionFault | undefined {
  const nodes = [...nodesOf(tree)];
  const bound = boundIn(nodes);
  for (const node of nodes) {
    const name = node.type === 'function' || node.type === 'partial' ? variable(node.procedure) : undefined;
    if (name === undefined || bound.has(name) || offeredFunctions.has(name)) continue;
    const position = Number((node.procedure as Node).position ?? node.position ?? 0);
    const at = `(at character ${position})`;
    if (withheldFunctions.has(name))
      return {
        message: `$${name}() is not offered ${at}: the same user must always come to the same value.`,
        position,
      };
    return { message: `There is no function $${name} ${at}. Functions are spelled as in $uppercase(name).`, position };
  }
  return undefined;
}

/** Finds what is wrong with the text of an expression, without running it. */
export function faultOf(text: string): ExpressionFault | undefined {
  if (text.trim() === '')
    return { message: 'The expression is empty; write one, or choose another type.', position: 0 };
  if (text.length > longest)
    return { message: `The expression has ${text.length} characters; at most ${longest} are read.`, position: longest };
  try {
    return foreignCall(parse(text));
  } catch (error) {
    const { message, position } = error as { message?: string; position?: number };
    const at = typeof position === 'number' ? position : 0;
    const what = (message ?? String(error)).replace(/\.$/, '');
    return { message: `${what} (at character ${at} of ${text.length}).`, position: at };
  }
}
