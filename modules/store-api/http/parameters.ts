import { malformed, StoreRefusal, unfit } from '../refusal.ts';

/** Most items that a list in the query may have: a page holds no more. */
const mostListed = 250;

/** The parameters of a query, each once, under the names that an endpoint knows: BigCommerce refuses others, too. */
export class Parameters {
  private readonly given: ReadonlyMap<string, string>;

  /** @throws StoreRefusal 422 that names those that there are not */
  constructor(query: URLSearchParams, known: readonly string[]) {
    const unknown = [...new Set(query.keys())].filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new StoreRefusal(
        422,
        `The filter(s): ${unknown.map((name) => name.slice(0, 60)).join(', ')} are not valid filter parameter(s); there are ${known.join(', ')}.`,
      );
    this.given = new Map(query);
  }

  /** Undefined where it is missing; empty where it is. */
  text = (name: string): string | undefined => this.given.get(name);

  /** The items of a list with commas; undefined where it is missing. @throws StoreRefusal 422 */
  list(name: string): readonly string[] | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const items = [...new Set(text.split(',').map((item) => item.trim()))].filter((item) => item !== '');
    if (items.length <= mostListed) return items;
    throw unfit(name, `"${name}" names ${items.length} items; ask for ${mostListed} at most at a time.`);
  }

  /** The same of ids. @throws StoreRefusal 422 */
  ids(name: string): readonly number[] | undefined {
    return this.list(name)?.map((item) => numberOf(name, item, 1));
  }

  /** @throws StoreRefusal 422 */
  number(name: string, least: number): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : numberOf(name, text, least);
  }
}

function numberOf(name: string, text: string, least: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least) return number;
  throw unfit(name, `"${name}" has to be a whole number from ${least}, and "${text.slice(0, 40)}" is none.`);
}

/** The elements of a body that is a list of objects. @throws StoreRefusal 400, 422 */
export function itemsOf(body: unknown, most: number): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(body)) throw malformed('The body has to be a JSON array of objects.');
  if (body.length === 0) throw new StoreRefusal(422, 'The array is empty; send at least one object.');
  if (body.length > most) throw new StoreRefusal(422, `Max batch size allowed is ${most}; ${body.length} were sent.`);
  return body.map((item: unknown, index) => {
    if (isRecord(item)) return item;
    throw unfit(String(index), `Item ${index} of the array has to be an object.`);
  });
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
