import { createExpressions } from '../../../modules/attribute-mapping/expression/create-expressions.ts';
import { ExpressionError } from '../../../modules/attribute-mapping/expression/expression-error.ts';
import type { Expressions } from '../../../modules/attribute-mapping/expression/expressions.ts';
import type { Resource } from '../../../modules/scim/index.ts';

export const anna: Resource = {
  userName: 'anna@example.com',
  active: true,
  name: { givenName: 'Anna', familyName: 'Jensen' },
  emails: [
    { value: 'anna@example.com', type: 'work', primary: true },
    { value: 'anna@home.example', type: 'home' },
  ],
};

/** Long enough that a busy machine decides nothing, unless a test says that it is about the deadline. */
export const expressionsUnderTest = (deadline = 10_000): Expressions =>
  createExpressions({ deadline: async () => deadline });

/** What one expression comes to for Anna. */
export const resultOf = async (expressions: Expressions, expression: string): Promise<unknown> =>
  (await expressions.evaluate([{ id: 'row', expression }], anna)).row;

/** The refusal of a promise. */
export async function refusalOf(promise: Promise<unknown>): Promise<ExpressionError> {
  const outcome = await promise.then(
    (value) => new Error(`it answered ${JSON.stringify(value)?.slice(0, 100)}`),
    (error: unknown) => error,
  );
  if (outcome instanceof ExpressionError) return outcome;
  throw outcome;
}
