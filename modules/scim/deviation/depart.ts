import type { Reading } from '../mode.ts';
import { badRequest, unsupportedMediaType } from '../refusal.ts';
import { type Deviation, type DeviationName, deviations } from './deviations.ts';

const byName: ReadonlyMap<DeviationName, Deviation> = new Map(deviations.map((entry) => [entry.name, entry]));

/** A group of thousands sent oddly is odd in thousands of places; nobody reads on after these. */
const MOST_NOTES = 100;

/**
 * Notes that something was understood although it is not SCIM, as `<name of the deviation>: <where>`, never with a
 * value; `interop-strict` refuses it in the way that `deviations` says. `detail` takes the place of the general one.
 */
export function depart(
  name: DeviationName,
  where: string,
  how: Pick<Reading, 'mode' | 'notes'>,
  detail?: string,
): void {
  const strict = how.mode === 'interop-strict' ? byName.get(name)?.strict : 'same';
  if (strict === undefined || strict === 'same') {
    const note = `${name}: ${where}`;
    if (how.notes.length < MOST_NOTES && !how.notes.includes(note)) how.notes.push(note);
    return;
  }
  const reason = detail ?? `${where} is not as the schema and the interop profile have it (${name}).`;
  throw strict === '415' ? unsupportedMediaType(reason) : badRequest(strict, reason);
}
