import { type Executor, sql } from '../../../framework/index.ts';

/** A group of the identity provider that a customer is in. */
export interface Membership {
  readonly id: number;
  readonly name: string;
  /** 0 where the customer is in it only through another group. */
  readonly direct: number;
  readonly priority: number;
  /** 1 where it stands for a customer group that the store has and that no connection is kept from. */
  readonly stands: number;
}

/** Whose user a customer is now, and the groups it is in there: those first which stand for a customer group, by priority. */
export interface Managing {
  /** Undefined where no connection manages it. */
  readonly connection: number | undefined;
  readonly memberships: readonly Membership[];
  /** By whom and when (UTC) it was protected, itself. */
  readonly protected: { readonly by: string; readonly at: string } | undefined;
  /** The code of its customer group, where that is protected. */
  readonly protectedGroup: string | undefined;
}

interface Row {
  readonly connection: number | null;
  readonly memberships: string | readonly Membership[] | null;
  readonly protected_by: string | null;
  readonly protected_at: string | null;
  readonly group_id: number | null;
  readonly group_code: string | null;
}

/** Nobody is shown more of them. */
const most = 200;

/**
 * All of it by one statement, which the parts of a customer's page share. The customer's own member rows are taken first (a
 * derived table with a limit is not merged), so that no plan begins with a group and walks over all who are in it.
 */
export async function managingOf(db: Executor, customerId: number): Promise<Managing | undefined> {
  const members = sql`SELECT group_id, generation FROM {vestibule_group_member} WHERE customer_id = ${customerId} LIMIT ${most}`;
  const groups = sql`SELECT g.group_id AS id, g.display_name AS name, g.priority AS priority,
      MAX(CASE WHEN own.group_id = g.group_id THEN 1 ELSE 0 END) AS direct,
      MAX(CASE WHEN k.customer_group_id IS NOT NULL AND pg.customer_group_id IS NULL THEN 1 ELSE 0 END) AS stands
    FROM (${members}) gm
    JOIN {vestibule_group} own ON own.group_id = gm.group_id AND own.generation = gm.generation
    JOIN {vestibule_group_closure} up ON up.descendant_id = own.group_id
    JOIN {vestibule_group} g ON g.group_id = up.ancestor_id
    LEFT JOIN {customer_group} k ON k.customer_group_id = g.customer_group_id
    LEFT JOIN {vestibule_protected_group} pg ON pg.customer_group_id = k.customer_group_id
    GROUP BY g.group_id, g.display_name, g.priority`;
  const listed = db.dialect.jsonArrayAggregate({
    id: sql`m.id`,
    name: sql`m.name`,
    priority: sql`m.priority`,
    direct: sql`m.direct`,
    stands: sql`m.stands`,
  });
  const row = await db.first<Row>(
    sql`SELECT u.connection_id AS connection, (SELECT ${listed} FROM (${groups}) m) AS memberships,
        pc.protected_by AS protected_by, pc.protected_at AS protected_at,
        pg.customer_group_id AS group_id, k.customer_group_code AS group_code
      FROM {customer_entity} c
      LEFT JOIN {vestibule_user} u ON u.customer_id = c.entity_id AND u.is_deleted = 0
      LEFT JOIN {vestibule_protected_customer} pc ON pc.customer_id = c.entity_id
      LEFT JOIN {vestibule_protected_group} pg ON pg.customer_group_id = c.group_id
      LEFT JOIN {customer_group} k ON k.customer_group_id = pg.customer_group_id
      WHERE c.entity_id = ${customerId}`,
  );
  if (!row) return undefined;
  const found = typeof row.memberships === 'string' ? JSON.parse(row.memberships) : (row.memberships ?? []);
  const memberships = (found as readonly Membership[]).toSorted(
    (a, b) => b.stands - a.stands || a.priority - b.priority || a.id - b.id,
  );
  return {
    connection: row.connection ?? undefined,
    memberships: row.connection === null ? [] : memberships,
    protected: row.protected_at === null ? undefined : { by: row.protected_by ?? '', at: row.protected_at },
    protectedGroup: row.group_id === null ? undefined : (row.group_code ?? `#${row.group_id}`),
  };
}
