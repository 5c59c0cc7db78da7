import type { CustomerAttribute } from '../../customer/index.ts';
import type { StoreChoices } from '../crossing/store-choice.ts';
import type { ExpressionFault, Expressions } from '../expression/expressions.ts';
import type { Transform } from '../transform/transform.ts';

/** What a mapping document is judged by. */
export interface MappingEnvironment {
  /** The store's customer attributes; an empty list where they have not been read yet. */
  readonly attributes: readonly CustomerAttribute[];
  readonly transforms: readonly Transform[];
  /** Undefined where the store's groups, store views and websites have not been read yet. */
  readonly choices?: StoreChoices | undefined;
  /** What is wrong with an expression's text; without it, expressions are not looked at. */
  readonly checkExpression?: (text: string) => ExpressionFault | undefined;
}

/** What a mapping document is compiled with. */
export interface CompileEnvironment extends MappingEnvironment {
  /** The published version; 0, and by default, for a preset. */
  readonly version?: number;
  /** True where the connection takes passwords, whatever the rows say. */
  readonly passwords?: boolean;
  readonly evaluate?: Expressions['evaluate'];
}
