import { type Database, type Executor, join, type Sql, sql, type Transaction } from '../../framework/index.ts';
import type { Finding } from '../finding.ts';
import { severityOf } from '../kind/severity.ts';
import type { KeptFilter, KeptFinding, ReconciliationRuns } from './runs.ts';

interface FindingRow {
  readonly finding_id: number;
  readonly kind: Finding['kind'];
  readonly connection_id: number | null;
  readonly customer_id: number | null;
  readonly group_id: number | null;
  readonly attribute: string | null;
  readonly detail: string;
}

type Detail = Pick<Finding, 'subject' | 'values' | 'cures'>;

const read = (row: FindingRow): KeptFinding => {
  const detail = JSON.parse(row.detail) as Detail;
  return {
    id: row.finding_id,
    kind: row.kind,
    severity: severityOf(row.kind, detail.cures),
    connectionId: row.connection_id,
    customerId: row.customer_id,
    groupId: row.group_id,
    attribute: row.attribute,
    ...detail,
  };
};

const columns = sql`finding_id, kind, connection_id, customer_id, group_id, attribute, detail`;

/** Keeps findings: one statement for as many as are given. */
export async function keepFindings(database: Database, runId: number, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  const rows = findings.map(({ kind, connectionId, customerId, groupId, attribute, subject, values, cures }) => {
    const detail: Detail = { subject, values, cures };
    return sql`(${runId}, ${kind}, ${connectionId}, ${customerId}, ${groupId}, ${attribute}, ${JSON.stringify(detail)})`;
  });
  await database.run(
    sql`INSERT INTO {vestibule_reconciliation_finding} (run_id, kind, connection_id, customer_id, group_id, attribute, detail) VALUES ${join(rows)}`,
  );
}

const conditionOf = ({ kind, connectionId }: KeptFilter): Sql => {
  const parts = [
    ...(connectionId === undefined ? [] : [sql` AND connection_id = ${connectionId}`]),
    ...(kind === undefined ? [] : [sql` AND kind = ${kind}`]),
  ];
  return parts.length === 0 ? sql`` : join(parts, '');
};

/** See `ReconciliationRuns.findings`. */
export const listFindings: ReconciliationRuns['findings'] = async (db, runId, filter, { after, before, limit }) => {
  const [place, order] =
    before === undefined
      ? [sql`finding_id > ${after ?? 0}`, sql`finding_id`]
      : [sql`finding_id < ${before}`, sql`finding_id DESC`];
  const rows = await db.all<FindingRow>(
    sql`SELECT ${columns} FROM {vestibule_reconciliation_finding} WHERE run_id = ${runId}${conditionOf(filter)} AND ${place} ORDER BY ${order} LIMIT ${limit}`,
  );
  return rows.map(read);
};

/** One finding that is open. */
export async function findFinding(db: Executor, id: number): Promise<KeptFinding | undefined> {
  const row = await db.first<FindingRow>(
    sql`SELECT ${columns} FROM {vestibule_reconciliation_finding} WHERE finding_id = ${id}`,
  );
  return row && read(row);
}

/** Takes a finding that is settled from those that are open; whoever has done it before is right as well. */
export async function closeFinding(tx: Transaction, { id, kind }: Pick<KeptFinding, 'id' | 'kind'>): Promise<void> {
  const held = await tx.first<{ run_id: number }>(
    sql`SELECT run_id FROM {vestibule_reconciliation_finding} WHERE finding_id = ${id} ${tx.dialect.forUpdate}`,
  );
  if (!held) return;
  await tx.run(sql`DELETE FROM {vestibule_reconciliation_finding} WHERE finding_id = ${id}`);
  tx.later(
    sql`UPDATE {vestibule_reconciliation_count} SET open_count = open_count - 1 WHERE run_id = ${held.run_id} AND kind = ${kind} AND open_count > 0`,
  );
}

/** Forgets what was found of customers whose data goes for good. */
export async function forgetFindings(tx: Transaction, customerId: number): Promise<void> {
  const rows = await tx.all<{ finding_id: number; kind: Finding['kind'] }>(
    sql`SELECT finding_id, kind FROM {vestibule_reconciliation_finding} WHERE customer_id = ${customerId}`,
  );
  for (const { finding_id: id, kind } of rows) await closeFinding(tx, { id, kind });
}
