import { type ServiceToken, service } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import type { Computed } from '../mapping.ts';

/** A row's JSONata. */
export interface Expression {
  /** The row's id, by which answers and errors name it. */
  readonly id: string;
  readonly expression: string;
}

/** What is wrong with the text of an expression. */
export interface ExpressionFault {
  /** Whole sentences that say what to do. */
  readonly message: string;
  /** Characters from the start, counted from 0. */
  readonly position: number;
}

/**
 * Evaluates JSONata away from everything: in a process of its own with an empty environment, in a realm without any global
 * but the language's own, with nothing to look at but the user. What is late is killed together with its process.
 */
export interface Expressions {
  /** All expressions of one user, in their order; what came to nothing has no entry. @throws ExpressionError */
  evaluate(batch: readonly Expression[], resource: Resource): Promise<Computed>;
  /** What is wrong with the text, found without running it; undefined when it can be run. */
  check(expression: string): ExpressionFault | undefined;
  /** Ends the process; whoever still waits is refused. It may be used again afterwards. */
  stop(): Promise<void>;
}
export const Expressions: ServiceToken<Expressions> = service<Expressions>('attribute-mapping.Expressions');
