import type { ModifiedAttribute, TraceStep } from '../activity.ts';
import { limited } from './bounds.ts';
import { isSecret, redact, redacted, shownText } from './redact.ts';

const longestValue = 200;
/** More of a list or an object than this does not fit into so many characters. */
const valueMembers = 50;
const mostModified = 100;
const longestPayload = 16_384;
const mostSteps = 50;

type Shown = string | number | boolean | null;
/** As an entry keeps it: name, value before, value after. */
export type ModifiedTriple = readonly [string, Shown, Shown];

/** A step as an entry keeps it. */
export interface StoredStep {
  readonly step: string;
  readonly note?: string | undefined;
  readonly microseconds?: number | undefined;
}

/** A value as the record shows it: scalars as they are, the rest as JSON; cut. */
function shownValue(value: unknown): Shown {
  switch (typeof value) {
    case 'string':
      return shownText(value, longestValue);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'object':
      if (value === null) return null;
      if (value instanceof Date) return value.toISOString();
      return shownText(JSON.stringify(redact(value, valueMembers)) ?? '', longestValue);
    case 'bigint':
      return String(value);
    default:
      return null;
  }
}

const hidden = (value: unknown): Shown => (value === undefined || value === null ? null : redacted);

/** Attributes before and after; of secrets only that they were and are there. */
export function modifiedTriples(given: readonly ModifiedAttribute[] | undefined): ModifiedTriple[] | undefined {
  if (given === undefined || given.length === 0) return undefined;
  const shown = given.slice(0, mostModified).map(({ attribute, before, after }): ModifiedTriple => {
    const show = isSecret(attribute) ? hidden : shownValue;
    return [shownText(attribute, longestValue), show(before), show(after)];
  });
  if (given.length > mostModified) shown.push([`… and ${given.length - mostModified} more`, null, null]);
  return shown;
}

/** The steps of a trace, cut. */
export function traceSteps(given: readonly TraceStep[] | undefined): StoredStep[] | undefined {
  if (given === undefined || given.length === 0) return undefined;
  return given.slice(0, mostSteps).map(({ step, note, milliseconds }) => ({
    step: String(limited(step, 60)),
    note: note === undefined ? undefined : shownText(note, 300),
    microseconds: microsecondsOf(milliseconds),
  }));
}

/** Durations are kept as whole numbers: to print a fraction costs as much as all the rest of an entry. */
export const microsecondsOf = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined || !Number.isFinite(milliseconds) ? undefined : Math.round(milliseconds * 1_000);

/** A payload without secrets and never larger than 16 KiB; a text that is no JSON can't be judged and is not kept. */
export function keptPayload(payload: unknown): unknown {
  if (payload === undefined) return undefined;
  const value = typeof payload === 'string' ? parsed(payload) : payload;
  const kept = redact(value);
  const text = JSON.stringify(kept) ?? 'null';
  return text.length <= longestPayload ? kept : { cut: `${text.slice(0, longestPayload)}…`, characters: text.length };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return `A text of ${text.length} characters that is no JSON.`;
  }
}
