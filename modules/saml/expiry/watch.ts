import type { Connections } from '../../connection/index.ts';
import {
  type Clock,
  type ConfigReader,
  type Database,
  type Events,
  type Logger,
  type ServiceToken,
  service,
  sql,
  sqlTimestamp,
} from '../../framework/index.ts';
import { SamlAttention } from '../attention.ts';
import type { IdpMetadata } from '../metadata/idp-metadata.ts';
import type { samlSecurity } from '../metadata/settings.ts';
import { type EndingCertificate, endingCertificates } from './ending.ts';
import { warningOf } from './words.ts';

/** Looks every hour for certificates that end soon, and for metadata that is due to be read again. */
export interface SamlWatch {
  /** Warns of what has become due; answers how many warnings were given. */
  warn(): Promise<number>;
  /** Refreshes what is due; answers the codes of the connections, whatever came of it. */
  refresh(): Promise<readonly string[]>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
export const SamlWatch: ServiceToken<SamlWatch> = service<SamlWatch>('saml.SamlWatch');

export interface WatchNeeds {
  readonly database: Database;
  readonly connections: Connections;
  readonly metadata: IdpMetadata;
  readonly events: Events;
  readonly config: ConfigReader<(typeof samlSecurity)['fields']>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const every = 3_600_000;
const aMinute = 60_000;

/** Rows remember what was told and tried, so that each is done once, however many processes look and restart. */
export function createWatch(needs: WatchNeeds): SamlWatch {
  const { database, connections, metadata, events, config, clock, logger } = needs;
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();

  /** Never rejects: what failed is tried again in an hour. */
  const quietly = (work: () => Promise<unknown>): Promise<unknown> =>
    work().catch((error: unknown) => logger.error({ err: error }, 'SAML certificates could not be looked after'));

  async function tell(ending: EndingCertificate): Promise<number> {
    const connection = await connections.byId(database, ending.connectionId);
    if (!connection) return 0;
    const claim =
      ending.whose === 'ours'
        ? sql`UPDATE {vestibule_saml_key} SET warned_days = ${ending.days} WHERE key_id = ${ending.id} AND (warned_days IS NULL OR warned_days > ${ending.days})`
        : sql`UPDATE {vestibule_saml_certificate} SET warned_days = ${ending.days} WHERE certificate_id = ${ending.id} AND (warned_days IS NULL OR warned_days > ${ending.days})`;
    return database.transaction(async (tx) => {
      if ((await tx.run(claim)).affectedRows === 0) return 0;
      const warning = warningOf(ending, connection, clock.now());
      await events.emit(SamlAttention, warning, tx);
      tx.afterCommit(() => logger.warn({ connection: connection.code }, `${warning.message} ${warning.cure}`));
      return 1;
    });
  }

  /** Of several processes the one whose UPDATE finds the row as it was goes on. */
  async function claimed(connectionId: number, triedAt: string | null, now: Date): Promise<boolean> {
    const { affectedRows } = await database.run(
      triedAt === null
        ? sql`UPDATE {vestibule_saml_provider} SET metadata_tried_at = ${sqlTimestamp(now)} WHERE connection_id = ${connectionId} AND metadata_tried_at IS NULL`
        : sql`UPDATE {vestibule_saml_provider} SET metadata_tried_at = ${sqlTimestamp(now)} WHERE connection_id = ${connectionId} AND metadata_tried_at = ${triedAt}`,
    );
    return affectedRows > 0;
  }

  const watch: SamlWatch = {
    async warn() {
      let given = 0;
      for (const ending of await endingCertificates(database, clock.now())) given += await tell(ending);
      return given;
    },
    async refresh() {
      const hours = await config.get('refresh_hours');
      if (hours === 0) return [];
      const now = clock.now();
      const before = sqlTimestamp(new Date(now.getTime() - hours * every));
      const due = await database.all<{ connection_id: number; code: string; metadata_tried_at: string | null }>(
        sql`SELECT p.connection_id, c.code, p.metadata_tried_at FROM {vestibule_saml_provider} p JOIN {vestibule_connection} c ON c.connection_id = p.connection_id WHERE p.is_on = 1 AND p.metadata_url IS NOT NULL AND p.idp IS NOT NULL AND (p.metadata_tried_at IS NULL OR p.metadata_tried_at <= ${before}) ORDER BY p.connection_id`,
      );
      const refreshed: string[] = [];
      for (const { connection_id: id, code, metadata_tried_at: triedAt } of due) {
        if (!(await claimed(id, triedAt, now))) continue;
        refreshed.push(code);
        // Why it failed stands with the connection; the others go on.
        await metadata.refresh(code, 'hourly watch').catch((error: unknown) => {
          logger.warn({ err: error, connection: code }, 'SAML metadata could not be refreshed');
        });
      }
      return refreshed;
    },
    async start() {
      await quietly(() => watch.warn());
      const look = (): void => {
        looking = quietly(async () => {
          await watch.warn();
          await watch.refresh();
        });
      };
      // Whoever waits for the start does not wait for other people's servers.
      soon = setTimeout(look, aMinute);
      timer = setInterval(look, every);
      soon.unref();
      timer.unref();
    },
    async stop() {
      clearTimeout(soon);
      clearInterval(timer);
      await looking;
    },
  };
  return watch;
}
