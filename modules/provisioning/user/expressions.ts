import { type Computed, ExpressionsPending } from '../../attribute-mapping/index.ts';
import { type Resource, unavailable } from '../../scim/index.ts';
import { mappingFor, type ProvisioningContext, type Room } from '../room.ts';

/** What expressions came to in one request, by the JSON text of the user. */
const results = new WeakMap<ProvisioningContext, Map<string, Computed>>();

/** A user that others change meanwhile is looked at anew so often. */
const mostRounds = 3;

/** What the expressions of the mapping came to for exactly this user; undefined where they have not been evaluated. */
export const computedFor = (context: ProvisioningContext, document: Resource): Computed | undefined =>
  results.get(context)?.get(JSON.stringify(document));

/** Evaluates the expressions for a user and remembers what they came to. Not inside a transaction. @throws ScimError 400, 503 */
export async function evaluateFor(room: Room, context: ProvisioningContext, document: Resource): Promise<void> {
  const mapping = mappingFor(room, context);
  if (!mapping.evaluates) return;
  const computed = await mapping.evaluate(document);
  const known = results.get(context) ?? new Map<string, Computed>();
  results.set(context, known.set(JSON.stringify(document), computed));
}

/**
 * Runs a use case. A user that only becomes known inside of its transaction, as a PATCH makes it, may have expressions to
 * be evaluated: the transaction is rolled back, they are, and it runs again.
 *
 * @throws ScimError 503 where the user is another one each time
 */
export async function withExpressions<T>(room: Room, context: ProvisioningContext, work: () => Promise<T>): Promise<T> {
  for (let round = 0; ; round++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ExpressionsPending)) throw error;
      if (round >= mostRounds)
        throw unavailable(1, 'Others keep changing this user, so that its mapping could not be evaluated. Try again.');
      await evaluateFor(room, context, error.document);
    }
  }
}
