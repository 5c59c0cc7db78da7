import { download, page } from '../../admin/index.ts';
import { Connections } from '../../connection/index.ts';
import { Clock, Database } from '../../framework/index.ts';
import { csvHead, csvLines } from '../cli/csv.ts';
import { type KeptFilter, ReconciliationRuns } from '../run/runs.ts';
import { askedKind, path } from './words.tsx';

const together = 500;

/** Every open finding that the filters leave, read while it is sent. */
async function* lines(
  runs: ReconciliationRuns,
  database: Database,
  filter: KeptFilter,
  codes: ReadonlyMap<number, string>,
): AsyncGenerator<string> {
  yield csvHead;
  const { finished } = await runs.standing(database);
  for (let after = 0; finished; ) {
    const found = await runs.findings(database, finished.id, filter, { after, limit: together });
    yield found.map((one) => csvLines({ ...one, connection: codes.get(one.connectionId ?? 0) ?? null })).join('');
    const last = found.at(-1);
    if (!last || found.length < together) return;
    after = last.id;
  }
}

export const exportFindings = page(`${path}/export`, {
  acl: 'reconciliation::view',
  inject: { runs: ReconciliationRuns, database: Database, connections: Connections, clock: Clock },
  async view(visit, { runs, database, connections, clock }) {
    const codes = new Map((await connections.list(database)).map(({ id, code }) => [id, code]));
    const code = visit.query.get('connection') ?? '';
    const connectionId = code === '' ? undefined : ([...codes].find(([, one]) => one === code)?.[0] ?? 0);
    const filter = { kind: askedKind(visit.query.get('kind') ?? undefined), connectionId };
    const name = `reconciliation-${clock.now().toISOString().slice(0, 10)}.csv`;
    return download(name, 'text/csv; charset=utf-8', lines(runs, database, filter, codes));
  },
});
