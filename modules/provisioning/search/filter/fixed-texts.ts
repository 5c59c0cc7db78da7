import { join, type Sql, sql } from '../../../framework/index.ts';
import { type Compare, compareCodePoints, fold, foldPart } from '../../../scim/index.ts';
import type { FixedTexts } from '../source.ts';
import { always, never } from './scalar.ts';

/** True when one of the texts that satisfy the test is there. */
function some({ texts }: FixedTexts, holds: (text: string) => boolean): Sql {
  const found = texts.filter(({ text }) => holds(text));
  if (found.some(({ when }) => when === undefined)) return always;
  const conditions = found.flatMap(({ when }) => (when ? [when] : []));
  return conditions.length === 0 ? never : sql`(${join(conditions, ' OR ')})`;
}

export const textsPresent = (texts: FixedTexts): Sql => some(texts, (text) => text !== '');

/** Compares texts that are known here, so that only their being there is left to the database. */
export function compareTexts(texts: FixedTexts, { op, value }: Pick<Compare, 'op' | 'value'>): Sql {
  if (op === 'ne') return sql`NOT ${compareTexts(texts, { op: 'eq', value })}`;
  const whole = texts.caseExact ? (text: string) => text : fold;
  const part = texts.caseExact ? String(value) : foldPart(String(value));
  const operand = whole(String(value));
  return some(texts, (text) => {
    const order = compareCodePoints(whole(text), operand);
    switch (op) {
      case 'eq':
        return order === 0;
      case 'co':
        return whole(text).includes(part);
      case 'sw':
        return whole(text).startsWith(part);
      case 'ew':
        return whole(text).endsWith(part);
      case 'gt':
        return order > 0;
      case 'ge':
        return order >= 0;
      case 'lt':
        return order < 0;
      case 'le':
        return order <= 0;
    }
  });
}
