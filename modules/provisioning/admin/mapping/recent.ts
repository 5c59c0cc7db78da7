import type { Visit } from '../../../admin/index.ts';
import type { Connection } from '../../../connection/index.ts';
import type { ReceivedPayload, ReceivedPayloads } from '../../preview/received-payloads.ts';

/** Payloads that a page offers, and learns from. */
export const offered = 20;
const memory = new WeakMap<Visit, Promise<readonly ReceivedPayload[]>>();

/** The last payloads of a connection: several panels of one page look at them, and they are read once. */
export function recentFor(
  visit: Visit,
  payloads: ReceivedPayloads,
  connection: Connection,
): Promise<readonly ReceivedPayload[]> {
  const known = memory.get(visit);
  if (known) return known;
  const read = payloads.recent(connection, offered, visit.database);
  memory.set(visit, read);
  return read;
}

/** What is tried unless something else is chosen: the newest whole user, because a single change says little of a mapping. */
export const triedFirst = (recent: readonly ReceivedPayload[]): ReceivedPayload | undefined =>
  recent.find(({ method }) => method === 'POST' || method === 'PUT') ?? recent[0];
