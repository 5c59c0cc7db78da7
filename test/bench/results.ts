import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { mariadbProgram } from '../setup/mariadb.ts';
import { markdown } from './report.ts';

const path = fileURLToPath(new URL('./RESULTS.md', import.meta.url));
const head = `# Results

Written by \`npm run bench -- --write\` and \`npm run bench -- --scale --write\`; each replaces its own section.
`;

/** When, on what, and with which versions a run was made. */
async function circumstances(): Promise<string> {
  const mariadb = execFileSync(await mariadbProgram(), ['--version'], { encoding: 'utf8' });
  const version = /Ver (\S+)/.exec(mariadb)?.[1] ?? 'of an unknown version';
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${new Date().toISOString().slice(0, 10)} · Node ${process.versions.node} · MariaDB ${version} · ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${memory} GiB`;
}

/** Puts a table into RESULTS.md, in place of the section with the same title. `notes` stand below it. */
export async function writeSection(
  title: string,
  caption: string,
  cells: readonly (readonly string[])[],
  notes: readonly string[] = [],
): Promise<void> {
  const section = [`## ${title}`, await circumstances(), `${caption}.`, markdown(cells), ...notes].join('\n\n');
  const present = existsSync(path) ? readFileSync(path, 'utf8') : head;
  const sections = present.split(/^(?=## )/m).filter((part) => !part.startsWith(`## ${title}\n`));
  writeFileSync(path, `${[...sections, section].map((part) => part.trim()).join('\n\n')}\n`);
}
