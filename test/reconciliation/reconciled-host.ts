import { raw, type Sql, sql } from '../../modules/framework/index.ts';
import {
  type Cure,
  type Finding,
  type FindingKind,
  Reconciliation,
  type ReconciliationFilter,
} from '../../modules/reconciliation/index.ts';
import type { ScimHost } from '../provisioning/host.ts';

/** Everything that a comparison finds. */
export async function findings(host: ScimHost, filter: ReconciliationFilter = {}): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const one of host.host.resolve(Reconciliation).compare(filter)) found.push(one);
  return found;
}

/** What is found of some kinds, as a person would say it. */
export const told = async (host: ScimHost, ...kinds: FindingKind[]): Promise<string[]> =>
  (await findings(host, kinds.length > 0 ? { kinds } : {})).map(
    ({ kind, subject, customerId, groupId, values }) =>
      `${kind} ${subject ?? customerId ?? groupId}: ${values.map(({ attribute, before, after }) => `${attribute} ${before} → ${after}`).join(', ')}`,
  );

/** Cures the only finding of a kind, and answers what came of it. */
export async function cureOnly(host: ScimHost, kind: FindingKind, cure?: Cure): Promise<string> {
  const found = await findings(host, { kinds: [kind] });
  const [one] = found;
  if (!one || found.length > 1) throw new Error(`${found.length} findings of ${kind}`);
  return host.host.resolve(Reconciliation).cure(one, cure ?? one.cures[0] ?? 'remove', 'anna');
}

/** Runs statements as a dump that is read back does: past the foreign keys. */
export async function pastForeignKeys(host: ScimHost, ...statements: readonly Sql[]): Promise<void> {
  const { database } = host;
  if (database.dialect.name === 'sqlite') {
    await database.all(sql`PRAGMA foreign_keys = OFF`);
    for (const statement of statements) await database.run(statement);
    await database.all(sql`PRAGMA foreign_keys = ON`);
    return;
  }
  await database.transaction(async (tx) => {
    await tx.run(sql`SET FOREIGN_KEY_CHECKS = 0`);
    for (const statement of statements) await tx.run(statement);
    await tx.run(sql`SET FOREIGN_KEY_CHECKS = 1`);
  });
}

const inGrid: readonly string[] = ['lock_expires', 'website_id', 'group_id'];

/** Writes columns of a customer as the store's administration does: with the row of its grid, and past everything of ours. */
export async function inStore(
  host: ScimHost,
  id: string,
  columns: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  for (const [name, value] of Object.entries(columns))
    for (const table of inGrid.includes(name) ? ['customer_entity', 'customer_grid_flat'] : ['customer_entity'])
      await host.database.run(
        sql`UPDATE ${raw(`{${table}}`)} SET ${raw(name)} = ${value} WHERE entity_id = ${Number(id)}`,
      );
}
