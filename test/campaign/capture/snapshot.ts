import { createHash } from 'node:crypto';
import { type ChangeAspect, changeAspects } from '../../../modules/change-capture/index.ts';
import { type Executor, raw, sql } from '../../../modules/framework/index.ts';

const valueTables = ['datetime', 'decimal', 'int', 'text', 'varchar'] as const;
const silent = new Set(
  'updated_at failures_num first_failure lock_expires session_cutoff rp_token rp_token_created_at'.split(' '),
);
const groups = new Set(['group_id', 'disable_auto_group_change']);

/** A store's customers at one moment, as much as tells whether something of them has changed. */
export interface Snapshot {
  /** Per customer and aspect. */
  readonly customers: ReadonlyMap<number, Readonly<Record<ChangeAspect, string>>>;
  readonly addresses: ReadonlyMap<number, { readonly customer: number; readonly digest: string }>;
}

const digestOf = (parts: unknown): string => createHash('sha1').update(JSON.stringify(parts)).digest('base64');

type Row = Readonly<Record<string, unknown>>;

/** Every value of every entity, `[table, attribute, value]`; one that is NULL is none. */
async function valuesOf(db: Executor, prefix: string): Promise<ReadonlyMap<number, readonly unknown[]>> {
  const found = new Map<number, unknown[]>();
  for (const type of valueTables) {
    const rows = await db.all<{ entity_id: number; attribute_id: number; value: unknown }>(
      sql`SELECT entity_id, attribute_id, value FROM ${raw(`{${prefix}_${type}}`)} WHERE value IS NOT NULL ORDER BY entity_id, attribute_id`,
    );
    for (const { entity_id, attribute_id, value } of rows) {
      const values = found.get(entity_id) ?? [];
      found.set(entity_id, values);
      values.push([type, attribute_id, value]);
    }
  }
  return found;
}

function aspectOf(column: string): ChangeAspect {
  if (column === 'password_hash') return 'password';
  return groups.has(column) ? 'group' : 'profile';
}

export async function takeSnapshot(db: Executor): Promise<Snapshot> {
  const values = await valuesOf(db, 'customer_entity');
  const customers = new Map<number, Record<ChangeAspect, string>>();
  for (const row of await db.all<Row>(sql`SELECT * FROM {customer_entity}`)) {
    const id = Number(row.entity_id);
    const parts: Record<ChangeAspect, unknown[]> = { profile: [...(values.get(id) ?? [])], group: [], password: [] };
    for (const [column, value] of Object.entries(row)) if (!silent.has(column)) parts[aspectOf(column)].push(value);
    customers.set(
      id,
      Object.fromEntries(changeAspects.map((aspect) => [aspect, digestOf(parts[aspect])])) as Record<
        ChangeAspect,
        string
      >,
    );
  }
  const addressValues = await valuesOf(db, 'customer_address_entity');
  const addresses = new Map<number, { customer: number; digest: string }>();
  for (const row of await db.all<Row>(sql`SELECT * FROM {customer_address_entity}`)) {
    const id = Number(row.entity_id);
    const columns = Object.entries(row).filter(([column]) => !silent.has(column));
    addresses.set(id, {
      customer: Number(row.parent_id),
      digest: digestOf([columns, addressValues.get(id) ?? []]),
    });
  }
  return { customers, addresses };
}
