import { hash, randomBytes } from 'node:crypto';
import { constant, type Executor, sql, sqlTimestampMs } from '../../framework/index.ts';
import type { PendingRequest } from './pending-request.ts';
import { purgeRequestsAndSightings } from './purge.ts';
import type { Answered, SamlRequests } from './requests.ts';

/** How long a person may take to sign in at the identity provider, in milliseconds. */
const patience = 600_000;

interface Row {
  readonly request_id: string;
  readonly kind: PendingRequest['kind'];
  readonly return_to: string | null;
  readonly created_at: string;
}

const insertRequest = constant(
  (id: string, connection: number, kind: string, to: string | null, browser: string, now: string, end: string) =>
    sql`INSERT INTO {vestibule_saml_request} (request_id, connection_id, kind, return_to, browser, created_at, expires_at) VALUES (${id}, ${connection}, ${kind}, ${to}, ${browser}, ${now}, ${end})`,
);
const selectRequest = constant(
  (id: string, connection: number, browser: string, now: string) =>
    sql`SELECT request_id, kind, return_to, created_at FROM {vestibule_saml_request} WHERE request_id = ${id} AND connection_id = ${connection} AND browser = ${browser} AND expires_at > ${now}`,
);
const deleteRequest = constant((id: string) => sql`DELETE FROM {vestibule_saml_request} WHERE request_id = ${id}`);

async function find(db: Executor, { id, connectionId, browser, now }: Answered): Promise<PendingRequest | undefined> {
  // Longer ones are none of ours; a strict engine would rather not compare them.
  if (id.length > 64) return undefined;
  const row = await db.first<Row>(selectRequest(id, connectionId, browser, sqlTimestampMs(now)));
  // The store's collation finds other spellings too.
  if (row?.request_id !== id) return undefined;
  return {
    id,
    connectionId,
    kind: row.kind,
    returnTo: row.return_to,
    createdAt: new Date(`${row.created_at.replace(' ', 'T')}Z`),
  };
}

/** Requests in `vestibule_saml_request`, messages that have come in `vestibule_saml_sighting`. */
export function createSamlRequests(): SamlRequests {
  return {
    async open(db, { connectionId, kind, returnTo, browser, now }) {
      const id = `_${randomBytes(20).toString('hex')}`;
      const end = sqlTimestampMs(new Date(now.getTime() + patience));
      await db.run(insertRequest(id, connectionId, kind, returnTo, browser, sqlTimestampMs(now), end));
      return { id, connectionId, kind, returnTo, createdAt: now };
    },
    find,
    async take(tx, answered) {
      const request = await find(tx, answered);
      if (!request) return undefined;
      const { affectedRows } = await tx.run(deleteRequest(request.id));
      return affectedRows === 1 ? request : undefined;
    },
    async firstSight(tx, { connectionId, messageId, until }) {
      const digest = hash('sha256', messageId);
      const { affectedRows } = await tx.run(
        sql`${tx.dialect.insertIgnoreInto} {vestibule_saml_sighting} (connection_id, message_digest, expires_at) VALUES (${connectionId}, ${digest}, ${sqlTimestampMs(until)})`,
      );
      return affectedRows === 1;
    },
    purge: purgeRequestsAndSightings,
  };
}
