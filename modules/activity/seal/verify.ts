import { type Encryptor, type Executor, sql } from '../../framework/index.ts';
import { decodeEntry } from '../entry/decode.ts';
import { createKinds, type Kinds } from '../search/kind.ts';
import { firstDifference, leavesDigest, type Tampering } from './leaves.ts';
import { headOf, headText, purgeText, type StoredSeal, sealById, sealsAfter, sealText } from './seal.ts';
import { searchRow } from './sealer.ts';
import { strayFault } from './strays.ts';

/** The first thing that is not as it was sealed. */
export interface Fault {
  readonly what: 'record' | 'seal' | 'search' | 'anchor';
  readonly tampering: Tampering;
  readonly sealId: number;
  readonly recordId?: number;
  /** One sentence for the operator. */
  readonly message: string;
}

/** A seal that was noted outside the database, to be found again unchanged. */
export interface Anchor {
  readonly sealId: number;
  readonly digest: string;
}

export interface Verification {
  readonly intact: boolean;
  readonly seals: number;
  readonly records: number;
  /** Records that were purged after their time; their seals were checked. */
  readonly purged: number;
  /** Records that wait for a seal, about which nothing can be said. */
  readonly waiting: number;
  /** Worth noting outside the database: given as an anchor later, it proves that nothing was cut off. */
  readonly head?: Anchor;
  readonly fault?: Fault;
}

export interface Verifier {
  /** Checks every seal and everything under it; stops at the first fault. `progress` is told of seals and records so far. */
  verify(options?: {
    anchors?: readonly Anchor[];
    progress?: (seals: number, of: number, records: number) => void;
  }): Promise<Verification>;
}

interface RecordRow {
  readonly activity_id: number;
  readonly occurred_ms: number;
  readonly entry: string;
  readonly search_seal: number | null;
  readonly kind_id: number | null;
  readonly connection_id: number | null;
  readonly customer_id: number | null;
  readonly subject_hash: number | null;
  readonly request_hash: number | null;
}

const sealsAtOnce = 20;

/** `database` may be a transaction, which sees what it has done itself. */
export function createVerifier(room: { database: Executor; encryptor: Encryptor }): Verifier {
  const { database, encryptor } = room;

  const recordsOf = (sealId: number): Promise<RecordRow[]> =>
    database.all(
      sql`SELECT r.activity_id, r.occurred_ms, r.entry, s.seal_id AS search_seal, s.kind_id, s.connection_id, s.customer_id, s.subject_hash, s.request_hash FROM {vestibule_activity_record} r LEFT JOIN {vestibule_activity_search} s ON s.occurred_ms = r.occurred_ms AND s.activity_id = r.activity_id WHERE r.seal_id = ${sealId} ORDER BY r.activity_id`,
    );

  /** What is wrong with what a seal says of itself, given the digest of the one before. */
  function sealFault(seal: StoredSeal, before: string): Fault | undefined {
    const { seal_id: sealId, leaves, purged_ms, purge_mark } = seal;
    const fault = (message: string): Fault => ({ what: 'seal', tampering: 'changed', sealId, message });
    if (!encryptor.verifyDigest(sealText(before, seal), seal.digest))
      return fault(
        `Seal ${sealId} was changed, or made with a key that CRYPT_KEY no longer holds (key ${seal.digest.split(':')[0]}).`,
      );
    if (purged_ms !== null) {
      return encryptor.verifyDigest(purgeText(seal.digest, purged_ms), purge_mark ?? '')
        ? undefined
        : fault(`Seal ${sealId} says that its ${seal.record_count} records were purged, which this store did not do.`);
    }
    return leaves && leavesDigest(leaves) === seal.leaves_digest
      ? undefined
      : fault(`The list of records in seal ${sealId} (ids ${seal.first_id} to ${seal.last_id}) was changed.`);
  }

  async function recordFault(seal: StoredSeal, kinds: Kinds): Promise<Fault | undefined> {
    const { seal_id: sealId } = seal;
    const rows = await recordsOf(sealId);
    const leaves = seal.purged_ms === null ? (seal.leaves ?? Buffer.alloc(0)) : Buffer.alloc(0);
    const different = firstDifference(
      leaves,
      rows.map(({ activity_id: id, entry }) => ({ id, entry })),
    );
    if (different) {
      const { id, tampering } = different;
      return {
        what: 'record',
        tampering,
        sealId,
        recordId: id,
        message: `Record ${id} was ${tampering} after it was sealed (seal ${sealId}).`,
      };
    }
    const decoded = rows.map(({ entry }) => decodeEntry(entry));
    await kinds.know(decoded);
    for (const [index, row] of rows.entries()) {
      const entry = decoded[index];
      if (!entry) continue;
      const due = searchRow(sealId, row.activity_id, kinds.idOf(entry), entry);
      const found = [
        row.occurred_ms,
        row.activity_id,
        row.search_seal,
        row.kind_id,
        row.connection_id,
        row.customer_id,
        row.subject_hash,
        row.request_hash,
      ];
      if (due.some((value, at) => value !== found[at]))
        return {
          what: 'search',
          tampering: row.search_seal === null ? 'removed' : 'changed',
          sealId,
          recordId: row.activity_id,
          message: `Reports don't find record ${row.activity_id} as they should: its search row was ${row.search_seal === null ? 'removed' : 'changed'} (seal ${sealId}).`,
        };
    }
    return undefined;
  }

  /** Looks twice: the job may have purged the seal between two statements. */
  async function faultIn(seal: StoredSeal, before: string, kinds: Kinds): Promise<Fault | undefined> {
    const fault = sealFault(seal, before) ?? (await recordFault(seal, kinds));
    if (!fault) return undefined;
    const now = await sealById(database, seal.seal_id);
    return now && now.purged_ms !== seal.purged_ms
      ? (sealFault(now, before) ?? (await recordFault(now, kinds)))
      : fault;
  }

  return {
    async verify({ anchors = [], progress = () => {} } = {}) {
      const head = await headOf(database);
      // Read anew for each verification: they may have been changed since the last one.
      const kinds = createKinds(database);
      let [seals, records, purged, before] = [0, 0, 0, ''];
      const wanted = new Map(anchors.map(({ sealId, digest }) => [sealId, digest]));
      const result = async (fault?: Fault): Promise<Verification> => ({
        intact: !fault,
        seals,
        records,
        purged,
        waiting: Number(
          (await database.first<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {vestibule_activity_pending}`))?.n ?? 0,
        ),
        ...(head && head.seal_id > 0 ? { head: { sealId: head.seal_id, digest: head.digest } } : {}),
        ...(fault ? { fault } : {}),
      });
      const of = head?.seal_id ?? 0;
      const missing = (sealId: number, message: string): Fault => ({
        what: 'seal',
        tampering: 'removed',
        sealId,
        message,
      });
      if (!head)
        return result(missing(0, 'vestibule_activity_head has lost its row, which says how many seals there are.'));
      if (of > 0 && !encryptor.verifyDigest(headText(of, head.digest), head.mark))
        return result({
          what: 'seal',
          tampering: 'changed',
          sealId: of,
          message: `vestibule_activity_head was changed: it names seal ${of} as the newest, without our mark.`,
        });
      while (seals < of) {
        const next = (await sealsAfter(database, seals, sealsAtOnce)).filter(({ seal_id }) => seal_id <= of);
        if (next.length === 0) break;
        for (const seal of next) {
          if (seal.seal_id !== seals + 1) return result(missing(seals + 1, `Seal ${seals + 1} was removed.`));
          const fault = await faultIn(seal, before, kinds);
          if (fault) return result(fault);
          if (wanted.has(seal.seal_id) && wanted.get(seal.seal_id) !== seal.digest)
            return result(anchorFault(seal.seal_id));
          before = seal.digest;
          seals++;
          if (seal.purged_ms === null) records += seal.record_count;
          else purged += seal.record_count;
        }
        progress(seals, of, records);
      }
      if (seals < of) return result(missing(seals + 1, `Seals ${seals + 1} to ${of} were removed.`));
      if (of > 0 && before !== head.digest) return result(missing(of, `Seal ${of} is not the one that was made last.`));
      const beyond = [...wanted.keys()].find((sealId) => sealId > of);
      if (beyond !== undefined) return result(anchorFault(beyond));
      return result(await strayFault(database, of));
    },
  };
}

const anchorFault = (sealId: number): Fault => ({
  what: 'anchor',
  tampering: 'changed',
  sealId,
  message: `Seal ${sealId} is not the one that was noted: the record was put back or rewritten since.`,
});
