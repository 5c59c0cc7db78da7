import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { bundled, supportBundle } from '../checkup/bundle.ts';
import { type Diagnosed, diagnose } from '../checkup/diagnosis.ts';
import { type Command, command } from './command.ts';
import { type CliContext, CommandError } from './context.ts';

/** `doctor`: works where a boot fails. */
export function doctorCommands(context: CliContext): readonly Command[] {
  return [
    command('doctor', {
      describe: 'Look for everything that is wrong with this installation; exit code 1 where something is',
      options: {
        bundle: {
          type: 'string',
          describe: 'also write a file for support: no secrets, no personal data; gzipped where it ends in .gz',
        },
      },
      async run({ bundle }) {
        const diagnosis = await diagnose(context, bundle === undefined ? [] : bundled);
        const { looked, findings } = diagnosis;
        if (bundle === undefined) return { looked, findings };
        await write(bundle, `${JSON.stringify(await supportBundle(diagnosis, new Date()), null, 2)}\n`);
        return { looked, findings, bundle };
      },
      print: ({ looked, findings, bundle }) =>
        [
          ...findings.map(paragraph),
          findings.length === 0
            ? `Nothing is wrong; ${looked.length} things were looked at.`
            : `${looked.length} things were looked at: ${count(findings, 'error')}, ${count(findings, 'warning')}.`,
          ...(bundle === undefined ? [] : [`Written for support: ${bundle}`]),
        ].join('\n'),
      exitCode: ({ findings }) => (findings.length === 0 ? 0 : 1),
    }),
  ];
}

function paragraph({ severity, checkup, title, found, cure }: Diagnosed): string {
  return `${severity === 'error' ? 'ERROR' : 'warning'}  ${title}  (${checkup})\n  ${found}\n  → ${cure}\n`;
}

function count(findings: readonly Diagnosed[], severity: Diagnosed['severity']): string {
  const number = findings.filter((finding) => finding.severity === severity).length;
  return `${number} ${severity}${number === 1 ? '' : 's'}`;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, file.endsWith('.gz') ? gzipSync(text) : text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EEXIST';
    const why = taken ? 'it is there already' : (error as Error).message;
    throw new CommandError(`${file} cannot be written: ${why}. Name another file.`);
  }
}
