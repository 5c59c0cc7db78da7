import type { Socket } from 'node:net';
import mysql, { type Connection, type ConnectionOptions } from 'mysql2';
import type { MysqlAddress } from '../url.ts';
import { statementLimit } from './session.ts';

/**
 * What every connection is set to. Strict, so that a value that does not fit is refused and not cut; 0 stays 0 in an
 * AUTO_INCREMENT column (Magento's store and group 0); a lock is not waited for longer than a request may take; JSON
 * aggregates are not cut at a megabyte.
 */
const settings = [
  "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci, time_zone = '+00:00', innodb_lock_wait_timeout = 3, " +
    "sql_mode = 'STRICT_TRANS_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION', group_concat_max_len = 16777216",
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** Milliseconds until a server that does not answer counts as unreachable. */
const connectTimeout = 3000;

export function connectionOptions(address: MysqlAddress): ConnectionOptions {
  return {
    ...(address.socketPath === undefined
      ? { host: address.host, port: address.port }
      : { socketPath: address.socketPath }),
    user: address.user,
    password: address.password,
    database: address.database,
    ...(address.ssl ? { ssl: {} } : {}),
    charset: 'utf8mb4_general_ci',
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    jsonStrings: true,
    stringifyObjects: true,
    multipleStatements: false,
    // LOCAL INFILE would let a hostile server read this host's files.
    flags: ['-LOCAL_FILES'],
    // The sessions drop statements themselves, before mysql2 would.
    maxPreparedStatements: statementLimit * 2,
    connectTimeout,
  };
}

/** Opens a connection and sets it up. Without `autocommit` every statement belongs to a transaction. Rejects with mysql2's error. */
export function openConnection(options: ConnectionOptions, autocommit: boolean): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const connection = mysql.createConnection(options);
    // Kept for as long as the connection lives: a late socket error without a listener would end the process.
    connection.on('error', (error) => {
      (connection as { __knex__disposed?: unknown }).__knex__disposed = error;
    });
    connection.connect((error) => {
      if (error) {
        connection.destroy();
        reject(error);
        return;
      }
      setUp(connection, autocommit ? settings : [...settings, 'SET autocommit = 0'], (failure) => {
        if (failure === undefined) return resolve(connection);
        connection.destroy();
        reject(failure);
      });
    });
  });
}

function setUp(connection: Connection, texts: readonly string[], done: (failure?: Error) => void): void {
  const [text, ...rest] = texts;
  if (text === undefined) done();
  else connection.query(text, (error) => (error ? done(error) : setUp(connection, rest, done)));
}

/** Ends a connection. Never fails, and never waits for the server. */
export function endConnection(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    connection.end(() => {
      connection.destroy();
      resolve();
    });
  });
}

/** Cuts a connection off; its pending statements fail as lost (mysql2's own `destroy` would leave them waiting). */
export function cutConnection(connection: Connection): void {
  (connection as unknown as { stream: Socket }).stream.destroy();
}
