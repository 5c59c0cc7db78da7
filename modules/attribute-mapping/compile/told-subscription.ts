import { type Resource, ScimError } from '../../scim/index.ts';
import type { MappingRow } from '../document/document.ts';
import type { MappedValue } from '../mapping.ts';
import type { Source } from '../source/source.ts';
import type { Reader } from './reader.ts';
import { fault } from './report.ts';
import type { Writer } from './writer.ts';

/** True where a row takes an attribute that is not there for "not subscribed": it is how that is told then. */
export const meansNo = ({ onNull = 'clear' }: Pick<MappingRow, 'onNull'>): boolean => onNull === 'clear';

/** What has a meaning of its own for this room's callers: who may log in, and by which addresses people are found. */
const spokenFor: ReadonlySet<string> = new Set(['active', 'emails', 'userName', 'externalId']);

interface Ways {
  readonly source: Source | undefined;
  readonly read: Reader;
  readonly write: Writer | undefined;
}

/**
 * Refuses a row that could not say whether somebody is subscribed, because the answer would go on saying what was sent.
 *
 * @throws RowFault
 */
export function requireTellable(row: MappingRow, { source, read, write }: Ways, hasAttribute: boolean): void {
  const impossible = (message: string, cure: string) =>
    fault(row.id, 'direction', 'direction-impossible', message, cure);
  if (hasAttribute)
    throw impossible(
      'The store has a customer attribute "newsletter", which a subscription can\'t be told from on its way out.',
      'Leave "direction" out, or set it to "in".',
    );
  if (!source || !write) return;
  if (spokenFor.has(source.attribute))
    throw impossible(
      `"${source.attribute}" can't say whether somebody is subscribed: it says something else already.`,
      'Choose another source, or set "direction" to "in".',
    );
  const yes = told(write, read, {}, 1);
  const no = told(write, read, yes.user, meansNo(row) ? null : 0);
  if (yes.value === 1 && no.value !== 1 && (meansNo(row) || no.value === 0)) return;
  throw impossible(
    `"${source.text}" can't say ${yes.value === 1 ? 'that somebody is not subscribed' : 'that somebody is subscribed'} in a form that is understood when it is sent again.`,
    'Use a boolean or a text, or a lookup whose table has one key for true and one for false; or set "direction" to "in".',
  );
}

/** A user that was told a value, and what the row makes of it when that is sent again. */
function told(write: Writer, read: Reader, user: Resource, value: MappedValue): { user: Resource; value: MappedValue } {
  const written = write(user, value);
  try {
    return { user: written, value: read(written, undefined) };
  } catch (error) {
    if (error instanceof ScimError) return { user: written, value: null };
    throw error;
  }
}
