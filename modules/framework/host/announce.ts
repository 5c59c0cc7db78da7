import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Environment } from '../environment/environment.ts';
import type { Told } from './first-start.ts';

/**
 * What a start says on stdout: the URL, and on the very first one what the hooks told. In production that goes to
 * `var/first-start.txt` instead, which only its owner may read, because stdout is usually kept by a log collector.
 */
export function announcement({ baseUrl, nodeEnv, root }: Environment, told: readonly Told[]): string {
  const where = `Vestibule listens: ${baseUrl}\n`;
  if (told.length === 0) return where;
  const text = table(told);
  if (nodeEnv !== 'production') return `${where}\nThis is shown once:\n\n${text}\n`;
  const file = join(root, 'var', 'first-start.txt');
  mkdirSync(join(root, 'var'), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600); // the mode above counts only for a file that is new
  return `${where}Secrets of the first start are in ${relative(root, file)}: read it, then delete it.\n`;
}

/** A label and its value on one line, or below it where the value is long enough to be copied on its own. */
function table(told: readonly Told[]): string {
  const width = Math.max(...told.map(({ label }) => label.length)) + 1;
  return told
    .map(({ label, value }) =>
      value.length > 100 || value.includes('\n')
        ? `${label}:\n\n${value}\n\n`
        : `${`${label}:`.padEnd(width)}  ${value}\n`,
    )
    .join('');
}
