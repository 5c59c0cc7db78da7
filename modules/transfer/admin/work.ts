import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Progress, TaskKey } from '../../admin/index.ts';
import type { Encryptor } from '../../framework/index.ts';
import { importCustomers } from '../import/import.ts';
import { planText } from '../import/plan-text.ts';
import { type ImportServices, readSurroundings } from '../import/surroundings.ts';
import { contentOf, keepOutcome, type Outcome, type Upload } from './uploads.ts';

/** Of the changes so much is shown; the command line shows all of them. */
const mostCharacters = 60_000;
const mostFaults = 50;

export const importTask = (id: number): TaskKey => ({ kind: 'transfer.import', subject: String(id) });

/**
 * Rehearses the import of a file that was given in the administration, or carries it out, and keeps what came of it. The file
 * lies on this server's disk meanwhile, for its owner alone.
 */
export async function importUpload(
  services: ImportServices & { readonly encryptor: Encryptor },
  upload: Upload,
  kind: Outcome['kind'],
  progress: Progress,
): Promise<void> {
  const { database, encryptor } = services;
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-import-'));
  try {
    const [file, errors] = [join(folder, 'customers'), join(folder, 'errors')];
    await writeFile(file, await contentOf(database, encryptor, upload.id), { mode: 0o600 });
    const surroundings = await readSurroundings(services);
    let [changes, cut] = ['', false];
    const options = {
      file,
      websiteId: upload.websiteId,
      only: upload.only,
      managed: upload.managed,
      passwordHashes: false,
      ignored: new Set<string>(),
      dryRun: kind === 'dry-run',
      errors,
      restart: false,
      batch: 100,
      actor: upload.by,
      name: `upload ${upload.id}`,
    };
    const result = await importCustomers(services, options, {
      decided(plan) {
        if (plan.kind === 'failed' || cut) return;
        const text = planText(plan, surroundings);
        cut = changes.length + text.length > mostCharacters;
        if (!cut) changes += text;
      },
      progressed: (bytes, ofBytes) => progress(bytes, ofBytes),
      noticed(message) {
        changes += `${message}\n`;
      },
    });
    const { dryRun, resumed, faults, ...counts } = result;
    const rows = counts.failed > 0 ? await readFile(errors, 'utf8') : '';
    await keepOutcome(database, encryptor, upload.id, {
      kind,
      counts,
      changes,
      cut,
      faults: faults.slice(0, mostFaults),
      errors: rows,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
