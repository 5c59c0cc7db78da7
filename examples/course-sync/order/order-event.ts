import { CourseError } from '../course/course-error.ts';

/** An order as it is now, told by whoever keeps orders. */
export interface OrderEvent {
  readonly order: string;
  /** When it became so; of two events the later one holds, in whichever order they arrive. */
  readonly at: Date;
  readonly customer: { readonly id: number } | { readonly email: string; readonly website: string | undefined };
  readonly items: readonly OrderItem[];
}

export interface OrderItem {
  readonly sku: string;
  /** Paid for, and neither refunded nor cancelled. */
  readonly paid: boolean;
}

const longestOrder = 64;
const mostItems = 1_000;

const wrong = (what: string): CourseError => new CourseError('ORDER_INVALID', what);
const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest;

/** Reads the body of an order event. @throws CourseError `ORDER_INVALID` that names the member */
export function orderEventIn(body: Buffer): OrderEvent {
  const given = jsonIn(body);
  const { order, at, customerId, email, website, items } = given;
  if (!isText(order, longestOrder))
    throw wrong(`"order" is the order's number, a text of at most ${longestOrder} characters.`);
  const moment = typeof at === 'string' && /^\d{4}-\d\d-\d\dT/.test(at) ? new Date(at) : undefined;
  if (!moment || Number.isNaN(moment.getTime()))
    throw wrong('"at" is when the order became so, such as 2026-11-22T10:30:00Z.');
  if (!Array.isArray(items) || items.length > mostItems)
    throw wrong(`"items" is the list of all items of the order, at most ${mostItems}.`);
  return {
    order: order.trim(),
    at: moment,
    customer: customerIn(customerId, email, website),
    items: items.map(itemIn),
  };
}

function jsonIn(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Said below.
  }
  throw wrong('The body is one JSON object: {"order", "at", "customerId", "items"}.');
}

function customerIn(id: unknown, email: unknown, website: unknown): OrderEvent['customer'] {
  if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return { id };
  if (id !== undefined && id !== null) throw wrong('"customerId" is the customer\'s number in the store, such as 42.');
  if (!isText(email, 255)) throw wrong('Say who has ordered: "customerId", or "email" with "website".');
  if (website !== undefined && !isText(website, 32)) throw wrong('"website" is the code of a website, such as base.');
  return { email: email.trim(), website: website?.trim() };
}

function itemIn(item: unknown, at: number): OrderItem {
  const { sku, paid } = (typeof item === 'object' && item !== null ? item : {}) as { sku?: unknown; paid?: unknown };
  if (isText(sku, 255) && typeof paid === 'boolean') return { sku: sku.trim(), paid };
  throw wrong(`"items[${at}]" is {"sku": "TRAINING-1", "paid": true}; false once it is refunded or cancelled.`);
}

/** The SKUs of which at least one item stands, as they were written, each once. */
export const standingSkus = (items: readonly OrderItem[]): readonly string[] => [
  ...new Set(items.filter(({ paid }) => paid).map(({ sku }) => sku)),
];
