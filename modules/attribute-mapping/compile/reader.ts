import { fold, invalidValue, type Resource } from '../../scim/index.ts';
import type { Crossing, Route } from '../crossing/crossing.ts';
import type { Literal } from '../document/document.ts';
import type { Computed, MappedValue } from '../mapping.ts';
import type { Source } from '../source/source.ts';
import type { TransformChain } from '../transform/chain.ts';
import { TransformError } from '../transform/transform.ts';

/** What a row finds for a user, as its target holds it; null for nothing. @throws ScimError `invalidValue` */
export type Reader = (user: Resource, computed: Computed | undefined) => MappedValue;

/** What a row finds for a user, before it crosses. */
export type Finder = (user: Resource, computed: Computed | undefined) => unknown;

/** The row's transforms; a value that they can't take is refused in the row's name. */
export function transformed(find: Finder, chain: TransformChain | undefined, { from }: Route): Finder {
  if (!chain) return find;
  return (user, computed) => {
    try {
      return chain.apply(find(user, computed), user);
    } catch (error) {
      if (error instanceof TransformError) throw invalidValue(`${from} can't be transformed. ${error.message}`);
      throw error;
    }
  };
}

/** A part of a template: its own text, or where to read. */
export type Part = string | Source;

/** Joins the parts of a template; nothing where no attribute in it has a value. */
export const joined =
  (parts: readonly Part[]): Finder =>
  (user) => {
    let [whole, found, gap] = ['', false, false];
    for (const part of parts) {
      if (typeof part === 'string') whole += part;
      else {
        const value = part.read(user);
        const said = typeof value === 'string' ? value.trim() : typeof value === 'object' ? '' : String(value ?? '');
        whole += said;
        if (said === '') gap = true;
        else found = true;
      }
    }
    if (!found) return undefined;
    // Blanks that stood around what is missing.
    return gap ? whole.replace(/ {2,}/g, ' ').trim() : whole;
  };

/** A look-up table with its values as the target holds them. */
export interface Table {
  readonly literals: ReadonlyMap<string, Literal>;
  readonly rows: ReadonlyMap<string, MappedValue>;
  readonly otherwise: MappedValue | undefined;
}

/** The key under which a value stands in a table; undefined for what can't be looked up. */
export const keyOf = (value: unknown): string | undefined =>
  value === undefined || value === null || typeof value === 'object' ? undefined : fold(String(value));

/** Finds a value in the table; a list finds the values of all its elements, where the target takes a list. */
export function lookedUp(find: Finder, { literals, rows, otherwise }: Table, crossing: Crossing, route: Route): Reader {
  return (user, computed) => {
    const value = find(user, computed);
    if (Array.isArray(value) && crossing.list) {
      const found = value.flatMap((one: unknown) => literals.get(keyOf(one) ?? '') ?? []);
      return found.length > 0 ? crossing.toRow(found, route) : (otherwise ?? null);
    }
    if (value === undefined || value === null || value === '') return null;
    const key = keyOf(value);
    return (key === undefined ? undefined : rows.get(key)) ?? otherwise ?? null;
  };
}
