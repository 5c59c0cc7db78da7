import type { Connection } from '../../../connection/index.ts';
import {
  type Database,
  type Events,
  join,
  type Logger,
  sql,
  sqlTimestampMs,
  type Transaction,
} from '../../../framework/index.ts';
import { listsOf } from '../../group/pieces.ts';
import { DeprovisioningHeld } from '../held-event.ts';
import { windowStart } from '../sight.ts';
import type { Tripped } from '../trip.ts';
import { digestOf, type HeldRequest } from './request.ts';

/** What it takes to keep held requests. */
export interface Keeping {
  readonly database: Database;
  readonly events: Events;
  readonly logger: Logger;
}

/** A request that waits, and why. */
export interface Waiting {
  readonly connection: Connection;
  readonly request: HeldRequest;
  readonly requestId: string;
  readonly tripped: Tripped;
  readonly at: Date;
}

/** Keeps a request in the open hold of its connection, which is opened if there is none. Answers the hold's number. */
export async function keepRequest(keeping: Keeping, waiting: Waiting): Promise<number> {
  for (;;) {
    const { database } = keeping;
    const holdId = await database.transaction((tx) => keepIn(tx, waiting));
    if (holdId !== undefined) return holdId;
    // Alone, so that of many requests at once each waits for the first one's commit and holds nothing meanwhile.
    await database.transaction((tx) => open(keeping, tx, waiting));
  }
}

async function open({ events, logger }: Keeping, tx: Transaction, waiting: Waiting): Promise<void> {
  const { connection, tripped, at } = waiting;
  const { limit, wouldBe, active } = tripped;
  const since = await waveStart(tx, connection.id, at);
  const { affectedRows } = await tx.run(
    sql`${tx.dialect.insertIgnoreInto} {vestibule_guard_hold} (connection_id, open_connection_id, status, since, opened_at, limit_count, would_be, active_count) VALUES (${connection.id}, ${connection.id}, 'open', ${since}, ${sqlTimestampMs(at)}, ${limit}, ${wouldBe}, ${active})`,
  );
  if (affectedRows === 0) return;
  const hold = await tx.first<{ hold_id: number }>(
    sql`SELECT hold_id FROM {vestibule_guard_hold} WHERE open_connection_id = ${connection.id}`,
  );
  if (!hold) return;
  const holdId = hold.hold_id;
  await events.emit(DeprovisioningHeld, { connection, holdId, count: wouldBe, limit, at }, tx);
  tx.afterCommit(() =>
    logger.warn(
      { connection: connection.code, hold: holdId, count: wouldBe, limit },
      `The mass-deprovision guard holds what "${connection.code}" sends; guard:show ${holdId} tells more, guard:approve and guard:deny decide`,
    ),
  );
}

/** What passed within the hour belongs to the hold, but for what an administrator has approved meanwhile. */
async function waveStart(tx: Transaction, connectionId: number, at: Date): Promise<string> {
  const window = sqlTimestampMs(windowStart(at));
  const approved = await tx.first<{ decided_at: string }>(
    sql`SELECT decided_at FROM {vestibule_guard_hold} WHERE connection_id = ${connectionId} AND status IN ('approved', 'done') AND decided_at > ${window} ORDER BY decided_at DESC LIMIT 1`,
  );
  return approved?.decided_at ?? window;
}

/** Undefined where the connection has no open hold. The hold's row is ours: nobody decides in the middle of this. */
async function keepIn(tx: Transaction, waiting: Waiting): Promise<number | undefined> {
  const { connection, request, tripped } = waiting;
  const hold = await tx.first<{ hold_id: number }>(
    sql`SELECT hold_id FROM {vestibule_guard_hold} WHERE open_connection_id = ${connection.id} ${tx.dialect.forUpdate}`,
  );
  if (!hold) return undefined;
  const holdId = hold.hold_id;
  const digest = digestOf(request);
  const known = await tx.first<{ held_id: number }>(
    sql`SELECT held_id FROM {vestibule_guard_held} WHERE hold_id = ${holdId} AND digest = ${digest}`,
  );
  const heldId = known ? sentAgain(tx, known.held_id, waiting) : await insert(tx, holdId, digest, waiting);
  // The same PUT may leave others out of a group by now, and somebody may have joined one that is deleted.
  const anew = known !== undefined && request.operation.startsWith('group.');
  if (anew) tx.later(sql`DELETE FROM {vestibule_guard_held_customer} WHERE held_id = ${heldId}`);
  if (anew || !known) aboutWhom(tx, heldId, tripped);
  if (request.operation.endsWith('.replace') || request.operation.endsWith('.delete'))
    tx.later(
      sql`UPDATE {vestibule_guard_held} SET status = 'superseded', request = NULL WHERE hold_id = ${holdId} AND resource_id = ${request.id} AND digest <> ${digest} AND status = 'waiting'`,
    );
  return holdId;
}

async function insert(tx: Transaction, holdId: number, digest: string, waiting: Waiting): Promise<number> {
  const { request, tripped, requestId, at } = waiting;
  const time = sqlTimestampMs(at);
  const { insertId } = await tx.run(
    sql`INSERT INTO {vestibule_guard_held} (hold_id, operation, resource_id, subject, digest, request, request_id, had_password, tries, first_at, last_at, status) VALUES (${holdId}, ${request.operation}, ${request.id}, ${tripped.subject.slice(0, 255)}, ${digest}, ${JSON.stringify(request.body)}, ${requestId.slice(0, 255)}, ${request.hadPassword ? 1 : 0}, 1, ${time}, ${time}, 'waiting')`,
  );
  return insertId;
}

function sentAgain(tx: Transaction, heldId: number, { request, at }: Waiting): number {
  tx.later(
    sql`UPDATE {vestibule_guard_held} SET tries = tries + 1, last_at = ${sqlTimestampMs(at)}, request = ${JSON.stringify(request.body)}, status = 'waiting', had_password = ${request.hadPassword ? 1 : 0} WHERE held_id = ${heldId}`,
  );
  tx.later(sql`UPDATE {vestibule_guard_held_customer} SET withdrawn = 0 WHERE held_id = ${heldId}`);
  return heldId;
}

/** Writes whom a request would cost something. */
function aboutWhom(tx: Transaction, heldId: number, { customers, kind }: Tripped): void {
  for (const ids of listsOf(customers))
    tx.later(
      sql`INSERT INTO {vestibule_guard_held_customer} (held_id, customer_id, kind) VALUES ${join(ids.map((id) => sql`(${heldId}, ${id}, ${kind})`))}`,
    );
}
