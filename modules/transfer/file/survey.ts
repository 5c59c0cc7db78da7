import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { TransferError } from '../transfer-error.ts';

export const formats = ['csv', 'jsonl'] as const;
export type FileFormat = (typeof formats)[number];

/** What a first look at a file shows. */
export interface FileSurvey {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the content, in hexadecimal: the same file, whatever it is called. */
  readonly digest: string;
  readonly format: FileFormat;
  /** Of a CSV: what stands between the cells of its first line. */
  readonly delimiter: string;
}

const longestHead = 65_536;

/**
 * Reads a file once, in pieces: its digest, whether it is UTF-8, and how it is written.
 *
 * @throws TransferError `FILE_UNREADABLE`, `FILE_EMPTY`, `FILE_ENCODING`
 */
export async function surveyFile(path: string, format?: FileFormat): Promise<FileSurvey> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let line = 1;
  let head = '';
  try {
    for await (const piece of createReadStream(path)) {
      const chunk = piece as Buffer;
      if (bytes === 0 && isUtf16(chunk)) throw encoding(path, 'It is UTF-16.');
      bytes += chunk.length;
      hash.update(chunk);
      const text = decoded(path, decoder, chunk, line);
      line += linesIn(text);
      if (head.length < longestHead) head += text.slice(0, longestHead);
    }
    decoded(path, decoder, undefined, line);
  } catch (error) {
    if (error instanceof TransferError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new TransferError('FILE_UNREADABLE', `The file ${path} can't be read: ${why}. Give the path of a file.`);
  }
  if (head.trim() === '') throw new TransferError('FILE_EMPTY', `The file ${path} is empty. Nothing was imported.`);
  const written =
    format ?? (/\.(jsonl|ndjson|json)$/i.test(path) || head.trimStart().startsWith('{') ? 'jsonl' : 'csv');
  return { path, bytes, digest: hash.digest('hex'), format: written, delimiter: delimiterOf(head) };
}

const isUtf16 = (chunk: Buffer): boolean =>
  (chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff);

function decoded(path: string, decoder: TextDecoder, chunk: Buffer | undefined, lines: number): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    const before = new TextDecoder().decode(chunk).split('\ufffd')[0] ?? '';
    throw encoding(path, `What stands in line ${lines + linesIn(before)} is no UTF-8.`);
  }
}

const linesIn = (text: string): number => text.split('\n').length - 1;

const encoding = (path: string, found: string): TransferError =>
  new TransferError(
    'FILE_ENCODING',
    `The file ${path} is not UTF-8. ${found} Save it as "CSV UTF-8" and import it again.`,
  );

/** The character that parts the names of the first line: a comma, a semicolon (Excel in many countries) or a tab. */
export function delimiterOf(head: string): string {
  const counts = new Map([',', ';', '\t'].map((character) => [character, 0]));
  let inQuotes = false;
  for (const character of head) {
    if (character === '"') inQuotes = !inQuotes;
    else if (!inQuotes && (character === '\n' || character === '\r')) break;
    else if (!inQuotes && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}
