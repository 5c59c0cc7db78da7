import { type Executor, sql } from '../../framework/index.ts';

/**
 * What is said of one batch of records for good. `digest` is keyed and covers all of this and the digest of the seal
 * before, so that nobody without CRYPT_KEY changes, removes or inserts a record or a seal unseen.
 */
export interface Seal {
  readonly seal_id: number;
  readonly sealed_ms: number;
  readonly record_count: number;
  readonly first_id: number;
  readonly last_id: number;
  readonly first_ms: number;
  readonly last_ms: number;
  readonly leaves_digest: string;
}

export interface StoredSeal extends Seal {
  /** Missing once the records were purged. */
  readonly leaves: Buffer | null;
  readonly digest: string;
  readonly purged_ms: number | null;
  readonly purge_mark: string | null;
}

/** The newest seal: kept apart, with a mark of its own, so that seals cut off at the end are missed. */
export interface Head {
  readonly seal_id: number;
  readonly digest: string;
  readonly mark: string;
}

/** What the digest of a seal is made of. `before` is the digest of the seal before, '' for the first. */
export const sealText = (before: string, seal: Seal): string =>
  [
    'vestibule: activity seal',
    before,
    seal.seal_id,
    seal.sealed_ms,
    seal.record_count,
    seal.first_id,
    seal.last_id,
    seal.first_ms,
    seal.last_ms,
    seal.leaves_digest,
  ].join('\n');

export const headText = (sealId: number, digest: string): string => `vestibule: activity head\n${sealId}\n${digest}`;

/** Says that the records under a seal were removed by us, and when. */
export const purgeText = (digest: string, purgedMs: number): string =>
  `vestibule: activity purge\n${digest}\n${purgedMs}`;

export const headOf = (db: Executor): Promise<Head | undefined> =>
  db.first(sql`SELECT seal_id, digest, mark FROM {vestibule_activity_head} WHERE head_id = 1`);

const columns = sql`seal_id, sealed_ms, record_count, first_id, last_id, first_ms, last_ms, leaves_digest, leaves, digest, purged_ms, purge_mark`;

export const sealsAfter = (db: Executor, sealId: number, limit: number): Promise<StoredSeal[]> =>
  db.all(
    sql`SELECT ${columns} FROM {vestibule_activity_seal} WHERE seal_id > ${sealId} ORDER BY seal_id LIMIT ${limit}`,
  );

export const sealById = (db: Executor, sealId: number): Promise<StoredSeal | undefined> =>
  db.first(sql`SELECT ${columns} FROM {vestibule_activity_seal} WHERE seal_id = ${sealId}`);
