import { open, rename, rm } from 'node:fs/promises';
import { TransferError } from '../transfer-error.ts';
import type { ExportText } from './text.ts';
import { type Walk, type WalkServices, walkCustomers } from './walk.ts';

/** Takes pieces of text, one after the other. */
export type Sink = (text: string) => void | Promise<void>;

/**
 * Writes customers as text, some hundred at a time, and answers how many there were.
 *
 * @param told of how many were written so far
 */
export async function writeCustomers(
  services: WalkServices,
  walk: Walk,
  text: ExportText,
  sink: Sink,
  told: (written: number) => void,
): Promise<number> {
  let written = 0;
  if (text.head !== '') await sink(text.head);
  for await (const customers of walkCustomers(services, walk)) {
    await sink(customers.map((customer) => text.of(customer)).join(''));
    written += customers.length;
    told(written);
  }
  return written;
}

/**
 * Writes a file that only its owner may read. It gets its name when it is whole, so an export that was interrupted is never
 * taken for a finished one.
 *
 * @throws TransferError `FILE_UNREADABLE`
 */
export async function intoFile<T>(path: string, work: (sink: Sink) => Promise<T>): Promise<T> {
  const partial = `${path}.part`;
  try {
    await rm(partial, { force: true });
    const file = await open(partial, 'wx', 0o600);
    let result: T;
    try {
      result = await work((text) => file.appendFile(text));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
    return result;
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new TransferError(
      'FILE_UNREADABLE',
      `The file ${path} can't be written: ${error.message}. Give another path.`,
    );
  }
}
