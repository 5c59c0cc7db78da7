import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Encryptor } from '../../../framework/index.ts';
import { defaultLimits, expiredCursor, invalidCount, invalidCursor } from '../../../scim/index.ts';
import type { Place } from './driver.ts';

/** What a cursor stands for: read on behind this place, or backwards before it. */
export interface Position {
  readonly direction: 'next' | 'previous';
  readonly place: Place;
}

/** The question that a cursor belongs to. */
export interface Question {
  readonly connectionId: number;
  readonly type: string;
  /** Filter, sort and direction. */
  readonly text: string;
  readonly count: number;
}

/** Writes and reads cursors (RFC 9865). They carry everything, so that nothing has to be kept here. */
export interface Cursors {
  write(question: Question, position: Position, now: Date): string;
  /** @throws ScimError `invalidCursor`, `expiredCursor`, `invalidCount` */
  read(cursor: string, question: Question, now: Date): Position;
}

const algorithm = 'chacha20-poly1305';
const nonceBytes = 12;
const tagBytes = 16;

type Payload = readonly [
  connectionId: number,
  type: string,
  question: string,
  direction: 'n' | 'p',
  count: number,
  issued: number,
  id: number,
  value?: string | number | null,
];

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

const forged = () =>
  invalidCursor('The cursor was not made here, or was changed on the way. Begin again without a cursor value.');

/**
 * The key of the cursors is derived from the installation's, whose renewal ends the cursors that are about. They are sealed
 * and not only signed, because they may carry a name and stand in URLs, which are logged.
 */
export function makeCursors(encryptor: Encryptor): Cursors {
  const key = encryptor.hmac('vestibule: cursors of lists');

  function seal(payload: Payload): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
    const body = [cipher.update(JSON.stringify(payload), 'utf8'), cipher.final()];
    return Buffer.concat([nonce, cipher.getAuthTag(), ...body]).toString('base64url');
  }

  function open(cursor: string): Payload {
    const bytes = Buffer.from(cursor, 'base64url');
    // Other texts may decode to the same bytes: only the one that we wrote is ours.
    if (bytes.length <= nonceBytes + tagBytes || bytes.toString('base64url') !== cursor) throw forged();
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    try {
      const body = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
      return JSON.parse(Buffer.concat(body).toString('utf8')) as Payload;
    } catch {
      throw forged();
    }
  }

  return {
    write({ connectionId, type, text, count }, { direction, place }, now) {
      const issued = Math.floor(now.getTime() / 1000);
      const side = direction === 'next' ? 'n' : 'p';
      const base = [connectionId, type, digestOf(text), side, count, issued, place.id] as const;
      return seal(place.v === undefined ? base : [...base, place.v]);
    },
    read(cursor, question, now) {
      const [connectionId, type, digest, side, count, issued, id, v] = open(cursor);
      const own = connectionId === question.connectionId && type === question.type;
      if (!own || digest !== digestOf(question.text))
        throw invalidCursor(
          'The cursor belongs to another question. Send the filter, sortBy and sortOrder of the first page with every page.',
        );
      if (now.getTime() / 1000 - issued > defaultLimits.cursorTimeout)
        throw expiredCursor(
          `The cursor is older than ${defaultLimits.cursorTimeout} seconds. Begin again without a cursor value.`,
        );
      if (count !== question.count)
        throw invalidCount(`The cursor was made for pages of ${count}; send count=${count} with every page.`);
      return { direction: side === 'n' ? 'next' : 'previous', place: v === undefined ? { id } : { id, v } };
    },
  };
}
