import type { ActivityEntry } from '../activity.ts';
import { withoutValues } from '../reason.ts';
import { identifier, limited, sentences } from './bounds.ts';
import { receivedText } from './received.ts';
import { keptPayload, microsecondsOf, modifiedTriples, traceSteps } from './values.ts';

const longestReason = 10_000;

/**
 * An entry as the text that is stored and sealed: JSON in a fixed order, without what is missing. One text, because the
 * database then has one value to bind and the seal covers exactly the bytes that are there.
 */
export function encodeEntry(entry: ActivityEntry): string {
  const { reason, payload, received } = entry;
  const text = JSON.stringify({
    at: entry.at.getTime(),
    operation: limited(entry.operation, 40),
    outcome: entry.outcome,
    status: entry.status,
    connection: identifier(entry.connectionId),
    customer: identifier(entry.customerId),
    subject: limited(entry.subject, 255),
    actor: limited(entry.actor, 100),
    request: limited(entry.requestId, 64),
    microseconds: microsecondsOf(entry.milliseconds),
    changed: sentences(entry.changed),
    modified: modifiedTriples(entry.modified),
    notes: sentences(entry.notes),
    trace: traceSteps(entry.trace),
    reason: reason === undefined ? undefined : limited(withoutValues(reason.slice(0, longestReason)), 1000),
    payload: payload === undefined || received ? undefined : keptPayload(payload),
  });
  // Last, as a payload always is: its text may be there already.
  return received ? `${text.slice(0, -1)},"payload":${receivedText(received)}}` : text;
}
