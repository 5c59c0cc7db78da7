import { type Clock, type Database, type Encryptor, sql, type Transaction } from '../../framework/index.ts';
import { countDays } from '../day/counts.ts';
import { type DecodedEntry, decodeEntry } from '../entry/decode.ts';
import { insertsOf, pieces, repeated } from '../many-rows.ts';
import { oldestPending } from '../pending.ts';
import { narrowKey, subjectKey } from '../search/key.ts';
import type { Kinds } from '../search/kind.ts';
import { leavesDigest, leavesOf } from './leaves.ts';
import { type Head, headOf, headText, type Seal, sealText } from './seal.ts';

/** Records under one seal. */
export const sealSize = 256;

export interface Sealer {
  /**
   * Seals the oldest records that wait, at most 256. `ready` may put it off, knowing how many there are (at most 256) and
   * when the oldest happened. Answers how many were sealed; 0 also where another process was quicker.
   */
  sealBatch(ready?: (count: number, oldest: Date) => boolean): Promise<number>;
}

interface Waiting {
  readonly id: number;
  readonly entry: string;
  readonly decoded: DecodedEntry;
}

/** Another process has sealed or removed what this one was about to seal. */
class Overtaken extends Error {}

const recordInserts = insertsOf('vestibule_activity_record', ['seal_id', 'activity_id', 'occurred_ms', 'entry']);
const searchColumns = [
  'occurred_ms',
  'activity_id',
  'seal_id',
  'kind_id',
  'connection_id',
  'customer_id',
  'subject_hash',
  'request_hash',
] as const;
const searchInserts = insertsOf('vestibule_activity_search', searchColumns);
const deletePending = repeated('DELETE FROM {vestibule_activity_pending} WHERE activity_id IN (', '?', ', ', ')');

const scimId = /^\d{1,10}(-\d{1,5})?$/;

/** The row that reports find a record by. */
export function searchRow(
  sealId: number,
  id: number,
  kindId: number | undefined,
  entry: DecodedEntry,
): (number | null)[] {
  const { at, connection, customer, subject, request } = entry;
  return [
    at,
    id,
    sealId,
    kindId ?? null,
    connection ?? null,
    customer ?? null,
    // A SCIM id says no more than the customer's.
    subject === undefined || (customer !== undefined && scimId.test(subject)) ? null : subjectKey(subject),
    request === undefined ? null : narrowKey(request),
  ];
}

/**
 * Moves records from the table they were written into to those that are kept, searched and sealed. Everything that is
 * visible is taken, whatever its id: one that becomes visible late comes under a later seal. Several processes may try:
 * the head moves once.
 */
export function createSealer(room: { database: Database; encryptor: Encryptor; kinds: Kinds; clock: Clock }): Sealer {
  const { database, encryptor, kinds, clock } = room;

  function sealFor(head: Head, records: readonly Waiting[]): { seal: Seal; leaves: Buffer; digest: string } {
    const times = records.map(({ decoded }) => decoded.at);
    const leaves = leavesOf(records);
    const seal: Seal = {
      seal_id: head.seal_id + 1,
      sealed_ms: clock.now().getTime(),
      record_count: records.length,
      first_id: records[0]?.id ?? 0,
      last_id: records.at(-1)?.id ?? 0,
      first_ms: Math.min(...times),
      last_ms: Math.max(...times),
      leaves_digest: leavesDigest(leaves),
    };
    return { seal, leaves, digest: encryptor.digest(sealText(head.digest, seal)) };
  }

  async function write(tx: Transaction, head: Head, records: readonly Waiting[]): Promise<void> {
    const { seal, leaves, digest } = sealFor(head, records);
    const { seal_id } = seal;
    // First of all, so that of several processes one goes on and the others wait, see that it moved, and leave.
    const moved = await tx.run(
      sql`UPDATE {vestibule_activity_head} SET seal_id = ${seal_id}, digest = ${digest}, mark = ${encryptor.digest(headText(seal_id, digest))} WHERE head_id = 1 AND seal_id = ${head.seal_id}`,
    );
    if (moved.affectedRows !== 1) throw new Overtaken();
    tx.later(
      sql`INSERT INTO {vestibule_activity_seal} (seal_id, sealed_ms, record_count, first_id, last_id, first_ms, last_ms, leaves_digest, leaves, digest) VALUES (${seal_id}, ${seal.sealed_ms}, ${seal.record_count}, ${seal.first_id}, ${seal.last_id}, ${seal.first_ms}, ${seal.last_ms}, ${seal.leaves_digest}, ${leaves}, ${digest})`,
    );
    for (const insert of recordInserts.inPieces(
      records.map(({ id, entry, decoded }) => [seal_id, id, decoded.at, entry]),
    ))
      tx.later(insert);
    for (const insert of searchInserts.inPieces(
      records.map(({ id, decoded }) => searchRow(seal_id, id, kinds.idOf(decoded), decoded)),
    ))
      tx.later(insert);
    countDays(
      tx,
      records.map(({ decoded }) => decoded),
      kinds.idOf,
    );
    for (const piece of pieces(records)) {
      const { affectedRows } = await tx.run(deletePending(piece.map(({ id }) => [id])));
      if (affectedRows !== piece.length) throw new Overtaken();
    }
  }

  return {
    async sealBatch(ready = () => true) {
      const rows = await oldestPending(database, sealSize);
      const records = rows.map(({ activity_id: id, entry }) => ({ id, entry, decoded: decodeEntry(entry) }));
      const [oldest] = records;
      if (!oldest || !ready(records.length, new Date(oldest.decoded.at))) return 0;
      await kinds.make(records.map(({ decoded }) => decoded));
      const head = await headOf(database);
      if (!head) throw new Error('vestibule_activity_head has lost its row; activity:verify tells more.');
      try {
        await database.transaction((tx) => write(tx, head, records));
        return records.length;
      } catch (error) {
        if (error instanceof Overtaken) return 0;
        throw error;
      }
    },
  };
}
