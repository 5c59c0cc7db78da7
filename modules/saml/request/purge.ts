import { type Executor, join, sql, sqlTimestampMs } from '../../framework/index.ts';

/** Rows per statement. */
const batch = 500;

async function purgeRequests(db: Executor, before: string): Promise<number> {
  for (let purged = 0; ; ) {
    const rows = await db.all<{ request_id: string }>(
      sql`SELECT request_id FROM {vestibule_saml_request} WHERE expires_at < ${before} ORDER BY expires_at LIMIT ${batch}`,
    );
    if (rows.length === 0) return purged;
    const { affectedRows } = await db.run(
      sql`DELETE FROM {vestibule_saml_request} WHERE request_id IN (${join(rows.map((row) => row.request_id))})`,
    );
    purged += affectedRows;
    if (rows.length < batch) return purged;
  }
}

async function purgeSightings(db: Executor, before: string): Promise<number> {
  for (let purged = 0; ; ) {
    const rows = await db.all<{ connection_id: number; message_digest: string }>(
      sql`SELECT connection_id, message_digest FROM {vestibule_saml_sighting} WHERE expires_at < ${before} ORDER BY expires_at LIMIT ${batch}`,
    );
    for (const connection of new Set(rows.map((row) => row.connection_id))) {
      const digests = rows.filter((row) => row.connection_id === connection).map((row) => row.message_digest);
      const { affectedRows } = await db.run(
        sql`DELETE FROM {vestibule_saml_sighting} WHERE connection_id = ${connection} AND message_digest IN (${join(digests)})`,
      );
      purged += affectedRows;
    }
    if (rows.length < batch) return purged;
  }
}

/** Forgets what has ended, in small steps, so that nobody who signs in waits for it. */
export async function purgeRequestsAndSightings(
  db: Executor,
  now: Date,
): Promise<{ readonly requests: number; readonly sightings: number }> {
  const before = sqlTimestampMs(now);
  return { requests: await purgeRequests(db, before), sightings: await purgeSightings(db, before) };
}
