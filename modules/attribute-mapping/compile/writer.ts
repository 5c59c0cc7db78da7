import { fold, parseDateTime, type Resource } from '../../scim/index.ts';
import type { Crossing } from '../crossing/crossing.ts';
import type { MappedValue } from '../mapping.ts';
import type { Source } from '../source/source.ts';
import type { TransformChain } from '../transform/chain.ts';

/** The way back of a row: the user with a row's value put where the row reads; the user itself where it can't be said there. */
export type Writer = (user: Resource, value: MappedValue) => Resource;

/** Where a value can't be said in the form that its attribute has. */
const unsaid = Symbol('unsaid');

/** A value in the type that an attribute has. */
function said(value: unknown, { type, list }: Source): unknown {
  if (list) return Array.isArray(value) ? value : [value];
  if (Array.isArray(value)) return value.length === 1 ? said(value[0], { type, list } as Source) : unsaid;
  switch (type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return value === 'true' || value === 1 ? true : value === 'false' || value === 0 ? false : unsaid;
    case 'integer':
    case 'decimal': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isFinite(number)) return unsaid;
      return type === 'integer' && !Number.isInteger(number) ? unsaid : number;
    }
    case 'dateTime':
      return typeof value === 'string' && parseDateTime(value) !== undefined ? value : unsaid;
    case 'complex':
      return unsaid;
    default:
      return typeof value === 'string' ? value : String(value);
  }
}

/** Puts what the crossing says of a value, before the row's transforms, where the row reads. */
export const directWriter =
  (source: Source, crossing: Crossing, chain: TransformChain | undefined): Writer =>
  (user, value) => {
    const crossed = crossing.toScim(value);
    if (crossed === undefined) return source.write(user, undefined);
    return put(user, source, chain?.invert ? chain.invert(crossed, user) : crossed);
  };

/** Puts the key under which a value stands in the row's table. */
export function lookupWriter(
  source: Source,
  keys: ReadonlyMap<MappedValue, string>,
  crossing: Crossing,
  chain: TransformChain | undefined,
): Writer {
  // A table says codes or ids of what the row holds as an id.
  const named = new Map(crossing.named ? [...keys].map(([value, key]) => [fold(String(value)), key]) : []);
  const keyOf = (value: MappedValue): string | undefined =>
    keys.get(value) ?? named.get(fold(String(crossing.toScim(value)))) ?? named.get(String(value));
  return (user, value) => {
    if (value === null) return source.write(user, undefined);
    const key = keyOf(value);
    if (key === undefined) return user;
    return put(user, source, chain?.invert ? chain.invert(key, user) : key);
  };
}

function put(user: Resource, source: Source, value: unknown): Resource {
  if (value === undefined) return user;
  const inType = said(value, source);
  return inType === unsaid ? user : source.write(user, inType);
}
