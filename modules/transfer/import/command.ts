import { resolve } from 'node:path';
import { type Command, command, UsageError } from '../../framework/index.ts';
import type { Websites } from '../../store/index.ts';
import { formats } from '../file/survey.ts';
import { TransferError } from '../transfer-error.ts';
import { type ImportResult, importCustomers } from './import.ts';
import type { ImportOptions } from './options.ts';
import { faultText, planText } from './plan-text.ts';
import { countsText, progressTeller } from './progress-text.ts';
import { importServices, readSurroundings } from './surroundings.ts';

/** Faults that are written out; a file of errors has all of them. */
const shownFaults = 20;
const largestBatch = 1_000;

/** `customer:import`. */
export const importCommand: Command = command('customer:import', {
  describe: 'Create and update customers from a CSV or JSON lines, as Magento exports them',
  options: {
    file: { type: 'string', describe: 'The file to import, UTF-8', required: true },
    format: { type: 'string', describe: 'How it is written; found out unless said', choices: formats },
    website: { type: 'string', describe: 'Code of the website of rows without a _website' },
    'dry-run': { type: 'boolean', describe: 'Show every change, and write nothing' },
    only: { type: 'string', describe: 'Leave the others out', choices: ['create', 'update'] },
    managed: { type: 'boolean', describe: 'Change customers too that an identity provider manages' },
    errors: { type: 'string', describe: 'File for the rows that fail: correct them there and import that file' },
    ignore: { type: 'string', many: true, describe: 'Columns to pass over, several with commas' },
    'with-password-hashes': { type: 'boolean', describe: 'Take the column password_hash' },
    resume: { type: 'boolean', describe: 'Go on where an import of this file was interrupted (done anyway)' },
    restart: { type: 'boolean', describe: 'Begin at the first row, even if an import of this file was interrupted' },
    batch: { type: 'number', describe: `Customers in a transaction, at most ${largestBatch}`, default: 100 },
  },
  inject: importServices,
  async run(given, services, io): Promise<ImportResult> {
    const options: ImportOptions = {
      file: given.file,
      format: formats.find((format) => format === given.format),
      websiteId: await websiteId(services.websites, given.website),
      only: given.only === 'create' || given.only === 'update' ? given.only : undefined,
      managed: given.managed === true,
      passwordHashes: given['with-password-hashes'] === true,
      ignored: new Set(listed(given.ignore)),
      dryRun: given['dry-run'] === true,
      errors: given.errors,
      restart: given.restart === true,
      batch: given.batch,
      actor: 'customer:import',
      name: given.file.split(/[/\\]/).at(-1) ?? given.file,
    };
    checkUsage(options, given.resume === true);
    const surroundings = await readSurroundings(services);
    const progress = progressTeller(io.tell, { bar: process.stderr.isTTY === true, now: () => performance.now() });
    try {
      const result = await importCustomers(services, options, {
        decided(plan) {
          if (!options.dryRun || io.json) return;
          const text = planText(plan, surroundings);
          if (text !== '') io.write(text);
        },
        progressed: (bytes, ofBytes, counts) => progress.tell(bytes, ofBytes, countsText(counts)),
        noticed: (message) => io.json || io.tell(`${message}\n`),
      });
      progress.end();
      if (result.failed > 0) io.tell(failureText(result, options, io.json ? 0 : shownFaults));
      return result;
    } finally {
      progress.end();
    }
  },
  print: (result) =>
    `${countsText(result)}.${result.dryRun ? ' Nothing was written: this was a dry run.' : ''}${result.resumed ? ' That counts what was imported before the interruption.' : ''}`,
  exitCode: ({ failed }) => (failed > 0 ? 1 : 0),
});

function checkUsage({ batch, errors, file, restart }: ImportOptions, resume: boolean): void {
  if (!Number.isInteger(batch) || batch < 1 || batch > largestBatch)
    throw new UsageError(`--batch is a whole number from 1 to ${largestBatch}.`);
  if (errors !== undefined && resolve(errors) === resolve(file))
    throw new UsageError('--errors names the file that is imported. Name another: it is written over.');
  if (resume && restart) throw new UsageError('Give --resume or --restart, not both.');
}

/** The website with this code. @throws TransferError `WEBSITE_UNKNOWN` */
export async function websiteId(websites: Websites, code: string | undefined): Promise<number | undefined> {
  if (code === undefined) return undefined;
  const found = await websites.byCode(code);
  if (found !== undefined && found.id !== 0) return found.id;
  const codes = (await websites.websites()).filter(({ id }) => id !== 0).map((website) => website.code);
  throw new TransferError('WEBSITE_UNKNOWN', `There is no website "${code}". Give one of ${codes.join(', ')}.`);
}

/** What stands behind an option that may be repeated or hold several with commas. */
export const listed = (texts: readonly string[] | undefined): readonly string[] =>
  (texts ?? [])
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');

/** The first of what is wrong, and where to find the rest; the line at its end alone where `most` is 0. */
function failureText({ failed, faults, dryRun }: ImportResult, { errors }: ImportOptions, most: number): string {
  // A dry run has shown them among the changes.
  const shown = dryRun ? [] : faults.slice(0, most).map((fault) => `${faultText(fault)}\n`);
  const more = shown.length > 0 && faults.length > most ? '…\n' : '';
  const cure =
    errors === undefined
      ? 'Give --errors errors.csv to get them as a file that can be corrected and imported.'
      : `They are in ${errors}: correct them there, and import that file.`;
  return `${shown.join('')}${more}${failed} of the file's customers ${dryRun ? 'would fail' : 'failed'}. ${cure}\n`;
}
