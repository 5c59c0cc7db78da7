import {
  type Clock,
  type Database,
  type Events,
  type Logger,
  type ServiceToken,
  service,
  sql,
  sqlTimestamp,
} from '../../framework/index.ts';
import type { Connection, Connections } from '../connection.ts';
import type { BearerToken } from '../token.ts';
import { readToken, type TokenRow, tokenColumns } from '../token-rows.ts';
import { TokenExpiring } from './token-expiring.ts';
import { type ExpiryWarning, warningDays, warningOf } from './warning.ts';

/** Looks for tokens whose end is near, at the start and every hour. */
export interface ExpiryWatch {
  /** Warns of what has become due; answers how many warnings were given. */
  check(): Promise<number>;
  start(): Promise<void>;
  stop(): Promise<void>;
}
export const ExpiryWatch: ServiceToken<ExpiryWatch> = service<ExpiryWatch>('connection.ExpiryWatch');

const every = 3_600_000;
const day = 86_400_000;

/** The row remembers the last warning, so that each is given once, however many processes look and restart. */
export function createExpiryWatch(
  database: Database,
  connections: Connections,
  events: Events,
  clock: Clock,
  logger: Logger,
): ExpiryWatch {
  let timer: NodeJS.Timeout | undefined;
  let checking = Promise.resolve();

  async function warn(token: BearerToken, connection: Connection, warning: ExpiryWarning): Promise<number> {
    return database.transaction(async (tx) => {
      const { affectedRows } = await tx.run(
        sql`UPDATE {vestibule_connection_token} SET warned_days = ${warning.days} WHERE token_id = ${token.id} AND revoked_at IS NULL AND (warned_days IS NULL OR warned_days > ${warning.days})`,
      );
      if (affectedRows === 0) return 0;
      await events.emit(TokenExpiring, { ...warning, connection, token }, tx);
      tx.afterCommit(() => logger.warn({ token: token.publicId, connection: connection.code }, warning.message));
      return 1;
    });
  }

  async function check(): Promise<number> {
    const now = clock.now();
    const horizon = sqlTimestamp(new Date(now.getTime() + Math.max(...warningDays) * day));
    const rows = await database.all<TokenRow & { warned_days: number | null }>(
      sql`SELECT ${tokenColumns}, warned_days FROM {vestibule_connection_token} WHERE revoked_at IS NULL AND expires_at > ${sqlTimestamp(now)} AND expires_at <= ${horizon} ORDER BY token_id`,
    );
    let given = 0;
    for (const row of rows) {
      const connection = await connections.byId(database, row.connection_id);
      const token = readToken(row);
      const warning = connection && warningOf(token, connection.code, now);
      if (!warning || (row.warned_days !== null && row.warned_days <= warning.days)) continue;
      given += await warn(token, connection, warning);
    }
    return given;
  }

  /** Never rejects: what failed is tried again in an hour. */
  function look(): Promise<void> {
    checking = checking.then(check).then(
      () => {},
      (error: unknown) => logger.error({ err: error }, 'tokens whose end is near could not be looked for'),
    );
    return checking;
  }

  return {
    check,
    async start() {
      timer = setInterval(() => void look(), every);
      timer.unref();
      await look();
    },
    async stop() {
      clearInterval(timer);
      await checking;
    },
  };
}
