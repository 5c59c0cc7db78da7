import { operator, UsageError } from '../../framework/index.ts';
import type { WhichMapping } from '../version/version.ts';

export const connectionOption = { type: 'string', describe: 'Code of the connection', required: true } as const;

/** What commands that publish have in common. */
export const publishingOptions = {
  comment: { type: 'string', describe: 'What was changed and why; shown with the version' },
  author: { type: 'string', describe: 'Who publishes; the user of this computer unless said' },
  over: {
    type: 'number',
    describe: 'The version that you know to be in effect; nothing is published if another one is',
  },
} as const;

/** Which document of a connection, by two options. */
export const whichOptions = {
  draft: { type: 'boolean', describe: 'The draft instead of what is in effect' },
  version: { type: 'number', describe: 'This version instead of what is in effect; 0 is the preset' },
} as const;

/** @throws UsageError where both are said */
export function whichOf({ draft, version }: { draft?: boolean; version?: number }): WhichMapping {
  if (draft && version !== undefined) throw new UsageError('Say --draft or --version, not both.');
  return draft ? 'draft' : (version ?? 'published');
}

/** Reads `draft`, `published`, `preset` or the number of a version. */
export function readWhich(text: string): WhichMapping {
  if (text === 'draft' || text === 'published' || text === 'preset') return text;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is no version; say draft, published, preset or a number.`);
}

/** Who runs a command, for people. */
export function authorFrom(author: string | undefined): string {
  const name = author?.trim() ?? '';
  return name === '' ? operator() : name;
}
