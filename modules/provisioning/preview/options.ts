import { readFile } from 'node:fs/promises';
import type { WhichMapping } from '../../attribute-mapping/index.ts';
import { CommandError, UsageError } from '../../framework/index.ts';

export const connectionOption = { type: 'string', describe: 'Code of the connection', required: true } as const;

/** Which mapping is tried, by two options. */
export const whichOptions = {
  draft: { type: 'boolean', describe: 'Try the draft instead of the mapping in effect' },
  version: { type: 'number', describe: 'Try this version instead; 0 is the preset of the profile' },
} as const;

/** @throws UsageError where both are said */
export function whichOf({ draft, version }: { draft?: boolean; version?: number }): WhichMapping {
  if (draft && version !== undefined) throw new UsageError('Say --draft or --version, not both.');
  return draft ? 'draft' : (version ?? 'published');
}

/** Reads a file that holds one JSON value. @throws CommandError that names the file and the cure */
export async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(
      `The file ${file} can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); give the path of a file that holds one SCIM user or PatchOp message as JSON.`,
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new CommandError(`The file ${file} is not JSON; it has to hold one SCIM user or PatchOp message.`);
  }
}
