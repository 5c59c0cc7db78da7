import { type ExtensionPoint, extensionPoint } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';

/** JSON Schema (draft 7) of an object. */
export type OptionsSchema = Readonly<Record<string, unknown>>;

export type TransformOptions = Readonly<Record<string, unknown>>;

/** One kind of transform: what it is called, what can be said beside its name, and how it works. */
export interface Transform {
  /** Lower case, digits and hyphens: `email-domain`. */
  readonly name: string;
  /** A few words for people. */
  readonly label: string;
  /** What it does, in a sentence or two. */
  readonly description: string;
  /** What may stand beside the name; `type: 'object'`, and nothing else may. */
  readonly options: OptionsSchema;
  /** What it makes of one value. */
  readonly example: { readonly options: TransformOptions; readonly from: unknown; readonly to: unknown };
  /** Reads options that agree with the schema, once per mapping. @throws TransformError `options` where they contradict each other */
  prepare(options: TransformOptions): PreparedTransform;
}

/** A transform with its options: pure functions, so that the same user always comes to the same customer. */
export interface PreparedTransform {
  /** `undefined` and `null` are nothing and stay so, unless the transform is about them. @throws TransformError `value` */
  apply(value: unknown, user: Resource): unknown;
  /** A value that `apply` turns into this one, or `undefined`. A transform without it has no way back. */
  invert?(value: unknown, user: Resource): unknown;
}

/** Transforms that rows of a mapping may name. Modules add theirs. */
export const Transforms: ExtensionPoint<Transform> = extensionPoint<Transform>('attribute-mapping.Transforms');

/** `unknown` no module has it; `options` contradict each other; `value` can't be transformed. */
export type TransformErrorCode = 'unknown' | 'options' | 'value';

/** A transform refuses: whole sentences that say what to do, without the row. */
export class TransformError extends Error {
  readonly code: TransformErrorCode;

  constructor(code: TransformErrorCode, message: string) {
    super(message);
    this.name = 'TransformError';
    this.code = code;
  }
}
