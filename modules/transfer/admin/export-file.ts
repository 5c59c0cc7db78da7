import { download, page } from '../../admin/index.ts';
import { Clock, Database, HttpError } from '../../framework/index.ts';
import { subscribedColumn } from '../column/names.ts';
import { exportColumns } from '../export/columns.ts';
import { exportServices, surroundingsOf } from '../export/services.ts';
import type { ExportText } from '../export/text.ts';
import { csvText, jsonText } from '../export/text.ts';
import type { Walk, WalkServices } from '../export/walk.ts';
import { walkCustomers } from '../export/walk.ts';
import { exportPath } from './export-card.tsx';

/** Every customer, read while it is sent: a file of any length. Password hashes are the command line's alone. */
export const exportFile = page(exportPath, {
  acl: 'transfer::export',
  inject: { ...exportServices, database: Database, clock: Clock },
  async view(visit, services) {
    const format = visit.query.get('format') ?? 'csv';
    const code = visit.query.get('website') ?? '';
    const website = code === '' ? undefined : await services.websites.byCode(code);
    if (code !== '' && website === undefined) throw new HttpError(404, 'WEBSITE_UNKNOWN', 'There is no such website.');
    const columns = exportColumns(await surroundingsOf(services), format === 'magento' ? ['magento'] : [], false);
    const text = format === 'jsonl' ? jsonText(columns) : csvText(columns, format === 'magento');
    const walk: Walk = {
      websiteId: website?.id,
      since: undefined,
      addresses: true,
      subscriptions: columns.customer.has(subscribedColumn),
      passwordHashes: false,
    };
    const day = services.clock.now().toISOString().slice(0, 10);
    return format === 'jsonl'
      ? download(`customers-${day}.jsonl`, 'application/jsonl; charset=utf-8', pieces(services, walk, text))
      : download(`customers-${day}.csv`, 'text/csv; charset=utf-8', pieces(services, walk, text));
  },
});

async function* pieces(services: WalkServices, walk: Walk, text: ExportText): AsyncGenerator<string> {
  yield text.head;
  for await (const customers of walkCustomers(services, walk))
    yield customers.map((customer) => text.of(customer)).join('');
}
