/** What a SCIM id of a user says: the customer, and how many times that customer was deleted and brought back. */
export interface UserId {
  readonly customerId: number;
  readonly generation: number;
}

/** `42`, or `42-1` once the customer was deleted and brought back: an id that was gone never comes to life again. */
export const printUserId = ({ customerId, generation }: UserId): string =>
  generation === 0 ? String(customerId) : `${customerId}-${generation}`;

const largestId = 4_294_967_295;

/** A canonical positive decimal number up to `largest`; everything else, `007` included, is not an id. */
function readNumber(text: string, largest: number): number | undefined {
  if (text.length === 0 || text.length > 10 || text[0] === '0') return undefined;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return undefined;
  }
  const value = Number(text);
  return value <= largest ? value : undefined;
}

/** Reads an id as a client sends it; undefined for text that can't be an id, which is the same as an unknown one. */
export function parseUserId(text: string): UserId | undefined {
  const dash = text.indexOf('-');
  const customerId = readNumber(dash < 0 ? text : text.slice(0, dash), largestId);
  if (customerId === undefined) return undefined;
  if (dash < 0) return { customerId, generation: 0 };
  const generation = readNumber(text.slice(dash + 1), 65_535);
  return generation === undefined ? undefined : { customerId, generation };
}
