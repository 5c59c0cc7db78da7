import { refusalOf, StoreRefusal } from '../refusal.ts';
import type { StoreAnswer, StoreRequest } from './exchange.ts';

/**
 * Does the work for each item of an array, one after another, each in a transaction of its own. Where all go well: 200 with
 * their data. Where none does: the refusal. Otherwise 207, as BigCommerce answers a batch that went in part: what was done,
 * and of each that was not why.
 *
 * @throws StoreRefusal
 */
export async function severally<T>(
  request: StoreRequest,
  items: readonly T[],
  work: (item: T, where: string) => Promise<unknown>,
): Promise<StoreAnswer> {
  request.charge(items.length - 1);
  const data: unknown[] = [];
  const refusals: StoreRefusal[] = [];
  for (const [at, item] of items.entries()) {
    const where = String(at);
    try {
      data.push(await work(item, where));
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      refusals.push(Object.keys(refusal.errors).length > 0 ? refusal : named(refusal, where));
    }
  }
  const [first] = refusals;
  if (!first) return { status: 200, body: { data, meta: {} } };
  if (data.length === 0) throw refusals.length === 1 ? first : together(first, refusals);
  const errors = refusals.map(({ status, message: title, errors: faults }) => ({ status, title, errors: faults }));
  const meta = { total: items.length, success: data.length, failed: refusals.length };
  return { status: 207, body: { data, errors, meta } };
}

const named = ({ status, message, headers, cause }: StoreRefusal, where: string): StoreRefusal =>
  new StoreRefusal(status, message, { errors: { [where]: message }, headers, cause });

const together = ({ status, message, headers }: StoreRefusal, all: readonly StoreRefusal[]): StoreRefusal =>
  new StoreRefusal(status, message, { errors: Object.assign({}, ...all.map(({ errors }) => errors)), headers });
