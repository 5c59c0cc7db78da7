import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { CommandError } from '../../framework/index.ts';

/** The text of a file, or of standard input for `-`. @throws CommandError where it can't be read */
export function readGiven(file: string): Promise<string> {
  return (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((error: unknown) => {
    throw new CommandError(`${file} can't be read: ${error instanceof Error ? error.message : error}.`);
  });
}

/** The option that every command about one connection's SAML has. */
export const connection = { type: 'string', describe: 'Code of the connection', required: true } as const;

export const actor = 'command line';
