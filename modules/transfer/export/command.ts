import { parseMoment } from '../../activity/index.ts';
import { type Command, command, sqlTimestamp, UsageError } from '../../framework/index.ts';
import { subscribedColumn } from '../column/names.ts';
import { type FileFormat, formats } from '../file/survey.ts';
import { listed, websiteId } from '../import/command.ts';
import { progressTeller } from '../import/progress-text.ts';
import { exportColumns } from './columns.ts';
import { intoFile, writeCustomers } from './export.ts';
import { exportServices, surroundingsOf } from './services.ts';
import { csvText, jsonText } from './text.ts';
import { countCustomers, type Walk } from './walk.ts';

/** `customer:export`. */
export const exportCommand: Command = command('customer:export', {
  describe: "Write customers into a CSV with Magento's columns, or into JSON lines",
  options: {
    output: { type: 'string', describe: 'The file to write; - for stdout', required: true },
    format: { type: 'string', describe: 'csv unless the name of the file ends with .jsonl', choices: formats },
    website: { type: 'string', describe: 'Customers of the website with this code alone' },
    since: { type: 'string', describe: 'Changed since: a day (2026-11-01), a time (UTC), or 24h, 7d ago' },
    columns: {
      type: 'string',
      many: true,
      describe: "Columns with commas; magento: what Magento's own import takes; all: every one",
    },
    'with-password-hashes': { type: 'boolean', describe: 'The hashes of passwords too: keep the file secret' },
  },
  inject: exportServices,
  async run(given, services, io) {
    const { database, clock } = services;
    const passwordHashes = given['with-password-hashes'] === true;
    const toStdout = given.output === '-';
    if (toStdout && io.json)
      throw new UsageError('--json prints one value on stdout. Export to a file, or leave it out.');
    const asked = listed(given.columns);
    const columns = exportColumns(await surroundingsOf(services), asked, passwordHashes);
    const walk: Walk = {
      websiteId: await websiteId(services.websites, given.website),
      since: given.since === undefined ? undefined : sqlTimestamp(parseMoment('since', given.since, clock.now())),
      addresses: columns.address.size > 0,
      subscriptions: columns.customer.has(subscribedColumn),
      passwordHashes,
    };
    const format: FileFormat =
      formats.find((known) => known === given.format) ??
      (/\.(jsonl|ndjson|json)$/i.test(given.output) ? 'jsonl' : 'csv');
    const text = format === 'csv' ? csvText(columns, asked.includes('magento')) : jsonText(columns);
    if (passwordHashes && !io.json)
      io.tell(
        'The file will hold password hashes: who has it can try passwords on them. Delete it when it has served.\n',
      );
    const total = await countCustomers(database, walk);
    const progress = progressTeller(io.tell, { bar: process.stderr.isTTY === true, now: () => performance.now() });
    const told = (written: number) => progress.tell(written, total, `${written.toLocaleString('en')} customers`);
    const write = (sink: (text: string) => void | Promise<void>) => writeCustomers(services, walk, text, sink, told);
    try {
      const exported = toStdout ? await write(io.write) : await intoFile(given.output, write);
      return { exported, format, output: given.output };
    } finally {
      progress.end();
    }
  },
  print: ({ exported, output }) =>
    output === '-' ? undefined : `${exported.toLocaleString('en')} customers were written into ${output}.`,
});
