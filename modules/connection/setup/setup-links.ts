import { type Encryptor, type Executor, type Sql, sql, sqlTimestamp, type Transaction } from '../../framework/index.ts';
import { ConnectionError } from '../connection.ts';
import { readName } from '../name.ts';
import { type LinkRow, linkColumns, readLink } from './link-rows.ts';
import { linkText, newPublicId, newSecret } from './link-text.ts';
import type { SetupLinks } from './setup-link.ts';

const writtenEvery = 60_000;
const longestAddress = 64;
const longestAgent = 255;

/** Setup links over `vestibule_setup_link`. Secrets are digested with the store's crypt key, which the database never holds. */
export function createSetupLinks(encryptor: Encryptor): SetupLinks {
  const rowOf = async (db: Executor, publicId: string, lock: Sql = sql``): Promise<LinkRow | undefined> => {
    const row = await db.first<LinkRow>(
      sql`SELECT ${linkColumns} FROM {vestibule_setup_link} WHERE public_id = ${publicId} ${lock}`,
    );
    return row?.public_id === publicId ? row : undefined;
  };
  const opens = (row: LinkRow, secret: string): boolean => encryptor.verifyDigest(secret, row.digest ?? '');

  /** Sets columns of a link that nobody has begun with; whether it was one. */
  const ifOpen = async (tx: Transaction, row: LinkRow, assignments: Sql, now: Date): Promise<boolean> => {
    const { affectedRows } = await tx.run(
      sql`UPDATE {vestibule_setup_link} SET ${assignments} WHERE link_id = ${row.link_id} AND session_digest IS NULL AND revoked_at IS NULL AND ended_at IS NULL AND expires_at > ${sqlTimestamp(now)}`,
    );
    return affectedRows === 1;
  };

  return {
    async invite(tx, connection, { name, expiresAt, mayChooseProvider, mailedTo = null }, by, now) {
      const [publicId, secret] = [newPublicId(), newSecret()];
      const digest = mailedTo === null ? encryptor.digest(secret) : null;
      await tx.run(
        sql`INSERT INTO {vestibule_setup_link} (connection_id, public_id, name, digest, may_choose_provider, created_by, created_at, expires_at, mailed_to) VALUES (${connection.id}, ${publicId}, ${readName(name, 'the identity administrator')}, ${digest}, ${mayChooseProvider ? 1 : 0}, ${by}, ${sqlTimestamp(now)}, ${sqlTimestamp(expiresAt)}, ${mailedTo})`,
      );
      const row = await rowOf(tx, publicId);
      if (!row) throw new Error(`the setup link ${publicId}, which was just made, can not be read`);
      return { link: readLink(row, now), text: mailedTo === null ? linkText(publicId, secret) : undefined };
    },
    async renew(tx, publicId, now) {
      const row = await rowOf(tx, publicId);
      if (!row) return undefined;
      const secret = newSecret();
      const renewed = await ifOpen(tx, row, sql`digest = ${encryptor.digest(secret)}`, now);
      return renewed ? linkText(publicId, secret) : undefined;
    },
    async list(db, connectionId, now) {
      const rows = await db.all<LinkRow>(
        sql`SELECT ${linkColumns} FROM {vestibule_setup_link} WHERE connection_id = ${connectionId} ORDER BY link_id DESC LIMIT 50`,
      );
      return rows.map((row) => readLink(row, now));
    },
    async find(db, publicId, secret, now) {
      const row = await rowOf(db, publicId);
      if (!row) return undefined;
      const holder = row.session_digest !== null && encryptor.verifyDigest(secret, row.session_digest);
      return holder || opens(row, secret) ? { link: readLink(row, now), holder } : undefined;
    },
    async take(tx, publicId, secret, { address, agent }, now) {
      const row = await rowOf(tx, publicId);
      if (!row || !opens(row, secret)) return undefined;
      const session = newSecret();
      const at = sqlTimestamp(now);
      const taken = await ifOpen(
        tx,
        row,
        sql`session_digest = ${encryptor.digest(session)}, opened_at = ${at}, last_used_at = ${at}, last_used_address = ${address.slice(0, longestAddress)}, last_used_agent = ${agent.slice(0, longestAgent)}`,
        now,
      );
      return taken ? session : undefined;
    },
    async used(db, link, { address, agent }, now) {
      const at = sqlTimestamp(now);
      if (link.lastUsedAt !== null && link.lastUsedAt > sqlTimestamp(new Date(now.getTime() - writtenEvery))) return;
      await db.run(
        sql`UPDATE {vestibule_setup_link} SET last_used_at = ${at}, last_used_address = ${address.slice(0, longestAddress)}, last_used_agent = ${agent.slice(0, longestAgent)} WHERE link_id = ${link.id}`,
      );
    },
    async tokenMade(tx, link, tokenPublicId) {
      const { affectedRows } = await tx.run(
        sql`UPDATE {vestibule_setup_link} SET token_public_id = ${tokenPublicId} WHERE link_id = ${link.id} AND token_public_id IS NULL AND ended_at IS NULL AND revoked_at IS NULL`,
      );
      return affectedRows === 1;
    },
    async end(tx, link, now) {
      await tx.run(
        sql`UPDATE {vestibule_setup_link} SET ended_at = ${sqlTimestamp(now)} WHERE link_id = ${link.id} AND ended_at IS NULL`,
      );
    },
    async revoke(tx, connection, publicId, now) {
      const row = await rowOf(tx, publicId, tx.dialect.forUpdate);
      if (row?.connection_id !== connection.id)
        throw new ConnectionError(
          'SETUP_LINK_UNKNOWN',
          `The connection "${connection.code}" has no such setup link; its tab Setup Guide shows those that exist.`,
        );
      const revokedAt = row.revoked_at ?? sqlTimestamp(now);
      await tx.run(sql`UPDATE {vestibule_setup_link} SET revoked_at = ${revokedAt} WHERE link_id = ${row.link_id}`);
      return readLink({ ...row, revoked_at: revokedAt }, now);
    },
  };
}
