import { createRequire } from 'node:module';
import type { Knex } from 'knex';
import type { Connection } from 'mysql2';
import { endConnection } from './connections.ts';

// knex exports its dialects only as files, without types.
const require = createRequire(import.meta.url);
const Mysql2: typeof Knex.Client = require('knex/lib/dialects/mysql2/index.js');

/**
 * knex's mysql2 dialect, opening connections as told. Its own way of ending one removes the error listener, after which
 * a late socket error would end the process.
 */
export function mysqlClient(
  open: () => Promise<Connection>,
  ended: (connection: Connection) => void,
): typeof Knex.Client {
  return class extends Mysql2 {
    // Tables that it makes say so: another system's database may default to latin1.
    override connectionSettings = { charset: 'utf8mb4', collate: 'utf8mb4_general_ci' };
    override acquireRawConnection(): Promise<Connection> {
      return open();
    }
    override destroyRawConnection(connection: Connection): Promise<void> {
      ended(connection);
      return endConnection(connection);
    }
  } as typeof Knex.Client;
}
