import { type Resource, sameJson } from '../../scim/index.ts';
import { optionsFault } from './options.ts';
import { type PreparedTransform, type Transform, TransformError, type TransformOptions } from './transform.ts';

/** How a row names a transform: by its name alone, or with options beside it. */
export type TransformUse = string | ({ readonly name: string } & TransformOptions);

/** A row's transforms as one. */
export interface TransformChain {
  /** @throws TransformError `value` */
  apply(value: unknown, user: Resource): unknown;
  /** Only where every transform has a way back: a value that `apply` turns into this one, `undefined` where there is none. */
  invert?(value: unknown, user: Resource): unknown;
}

/** Something wrong with a row's transforms. */
export interface ChainFault {
  /** Which of them, counted from 0. */
  readonly index: number;
  readonly code: 'unknown-transform' | 'transform-options';
  readonly message: string;
  readonly cure: string;
}

const nameOf = (use: TransformUse): string => (typeof use === 'string' ? use : use.name);

function optionsOf(use: TransformUse): TransformOptions {
  if (typeof use === 'string') return {};
  const { name: _, ...options } = use;
  return options;
}

const find = (known: readonly Transform[], name: string): Transform | undefined =>
  known.find((transform) => transform.name === name);

function faultOf(known: readonly Transform[], use: TransformUse): Omit<ChainFault, 'index'> | undefined {
  const transform = find(known, nameOf(use));
  if (!transform) {
    const names = known.map(({ name }) => `"${name}"`).join(', ');
    return {
      code: 'unknown-transform',
      message: `There is no transform "${nameOf(use)}".`,
      cure: names === '' ? 'Enable a module that has one.' : `Choose one of ${names}.`,
    };
  }
  const cure = `An example: ${JSON.stringify({ name: transform.name, ...transform.example.options })}.`;
  const wrong = optionsFault(transform, optionsOf(use));
  if (wrong !== undefined)
    return { code: 'transform-options', message: `The options of "${transform.name}" do not fit: ${wrong}.`, cure };
  try {
    transform.prepare(optionsOf(use));
    return undefined;
  } catch (error) {
    if (!(error instanceof TransformError)) throw error;
    return { code: 'transform-options', message: error.message, cure };
  }
}

/** Everything that is wrong with a row's transforms. */
export function chainFaults(known: readonly Transform[], uses: readonly TransformUse[]): readonly ChainFault[] {
  return uses.flatMap((use, index) => {
    const fault = faultOf(known, use);
    return fault ? [{ index, ...fault }] : [];
  });
}

function prepared(known: readonly Transform[], use: TransformUse): PreparedTransform {
  const fault = faultOf(known, use);
  if (fault)
    throw new TransformError(
      fault.code === 'unknown-transform' ? 'unknown' : 'options',
      `${fault.message} ${fault.cure}`,
    );
  return find(known, nameOf(use))?.prepare(optionsOf(use)) as PreparedTransform;
}

/**
 * Makes one function of a row's transforms, in their order; without any it answers what it is given. The way back is proved
 * each time: where going forth again does not lead to the same value, there was none.
 *
 * @throws TransformError `unknown` or `options`
 */
export function prepareChain(known: readonly Transform[], uses: readonly TransformUse[]): TransformChain {
  const steps = uses.map((use) => prepared(known, use));
  const apply: TransformChain['apply'] = (value, user) => {
    let result = value;
    for (const step of steps) result = step.apply(result, user);
    return result;
  };
  if (!steps.every((step) => step.invert)) return { apply };
  const back = [...steps].reverse();
  return {
    apply,
    invert(value, user) {
      try {
        let result = value;
        for (const step of back) result = step.invert?.(result, user);
        return sameJson(apply(result, user), value) ? result : undefined;
      } catch (error) {
        if (error instanceof TransformError) return undefined;
        throw error;
      }
    },
  };
}
