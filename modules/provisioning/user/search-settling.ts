import { addressPrefix } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import type { RowExpressions } from '../../customer/index.ts';
import { type Dialect, join, type Sql, sql } from '../../framework/index.ts';
import type { Room } from '../room.ts';
import { markPlace } from '../search/searchable.ts';
import type { Settling } from '../search/source.ts';
import { newsletterTarget } from './newsletter.ts';
import { settleUsers } from './settle.ts';
import { shownTargets } from './shown-targets.ts';

/** Stands for the time of a user's last change, which a change of anything mapped moves. */
export const timeTarget = 'meta.lastModified';

/** Stands for the form of a document, which another mapping than that of its copy changes. */
export const formTarget = 'document';

/** Different, where nothing is different from something and equal to nothing. */
const differs = (left: Sql, right: Sql): Sql =>
  sql`COALESCE(${left} <> ${right}, (${left} IS NULL) <> (${right} IS NULL))`;

/** Which users' searchable form is older than what the store has made of their rows. */
export function settling(room: Room, connection: Connection, expressions: RowExpressions): Settling {
  const { database } = room;
  const mapping = room.mapping.of(connection);
  const { dialect } = database;
  const custom = new Set(mapping.customTargets());

  function changed(target: string, seen: Sql): Sql | undefined {
    // What the provider owns shows as it was sent, whatever the store has made of it.
    if (mapping.locked.has(target)) return undefined;
    if (mapping.tellsSubscription && target === newsletterTarget) {
      const [has, was] = [dialect.jsonHas(seen, [target]), sql`COALESCE(${dialect.jsonNumber(seen, [target])}, 0)`];
      // What only goes out is told from the first, what was never said is the store's own.
      return custom.has(target)
        ? sql`(CASE WHEN ${has} THEN ${was} ELSE -1 END <> ${expressions.subscribed})`
        : sql`(${has} AND ${was} <> ${expressions.subscribed})`;
    }
    const row = target.startsWith(addressPrefix)
      ? expressions.address(target.slice(addressPrefix.length))
      : expressions.attribute(target);
    if (!row) return undefined;
    const different = row.numeric
      ? differs(row.value, dialect.jsonNumber(seen, [target]))
      : differs(emptyIsNull(dialect, row.value), dialect.bytes(dialect.jsonText(seen, [target])));
    // What the provider says there does not count, so that the first look has to come from the store.
    if (mapping.onlyTold.has(target)) return sql`(NOT ${dialect.jsonHas(seen, [target])} OR ${different})`;
    // What a rule never wrote is the store's own; only the store's own attributes show all the same.
    return custom.has(target) ? different : sql`(${dialect.jsonHas(seen, [target])} AND ${different})`;
  }
  const any = (targets: readonly string[], seen: Sql): Sql[] =>
    targets.flatMap((target) => {
      const condition = changed(target, seen);
      return condition ? [condition] : [];
    });
  const { from, length } = markPlace;
  const madeByAnother = sql`COALESCE(SUBSTR(d.search, ${from}, ${length}) <> CASE WHEN d.settled IS NULL THEN ${mapping.marks.schema} ELSE ${mapping.marks.whole} END, 1 = 0)`;
  return {
    stale(targets) {
      const conditions = any(
        targets.filter((target) => target !== timeTarget && target !== formTarget),
        sql`COALESCE(d.settled, d.shadow)`,
      );
      if (targets.includes(formTarget)) conditions.push(madeByAnother);
      if (targets.includes(timeTarget))
        conditions.push(
          sql`(c.updated_at > d.modified_at AND (${join(any(shownTargets(mapping), sql`d.shadow`), ' OR ')}))`,
        );
      if (conditions.length === 0) return undefined;
      return { condition: sql`(${join(conditions, ' OR ')})`, needs: ['customer', 'document'] };
    },
    settle: async (keys) => {
      await settleUsers(room, connection, keys);
    },
  };
}

const emptyIsNull = (dialect: Dialect, value: Sql): Sql => sql`NULLIF(${dialect.bytes(value)}, '')`;
