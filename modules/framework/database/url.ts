import { isAbsolute, resolve } from 'node:path';
import { DatabaseError } from './errors.ts';

export interface SqliteAddress {
  readonly engine: 'sqlite';
  /** Absolute, or `:memory:`. */
  readonly filename: string;
}

export interface MysqlAddress {
  readonly engine: 'mysql';
  readonly host: string;
  readonly port: number;
  readonly socketPath: string | undefined;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly ssl: boolean;
}

/**
 * Reads a DATABASE_URL: `sqlite:<file relative to root>`, `sqlite::memory:` or
 * `mysql://user:password@host:port/database[?socketPath=…][&ssl=true]` (`mariadb:` is the same). Throws DB_URL_INVALID
 * with one line that names DATABASE_URL, says what is wrong and never repeats the password.
 */
export function parseDatabaseUrl(url: string, root: string): SqliteAddress | MysqlAddress {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'sqlite') return parseSqlite(url.slice('sqlite:'.length), root);
  if (scheme === 'mysql' || scheme === 'mariadb') return parseMysql(url);
  throw invalid(scheme === undefined ? 'it has no scheme' : `its scheme "${scheme}" is unknown`);
}

function parseSqlite(rest: string, root: string): SqliteAddress {
  if (rest === ':memory:') return { engine: 'sqlite', filename: rest };
  const path = rest.startsWith('//') ? rest.slice(2) : rest;
  if (path === '' || path.includes('\0')) throw invalid('the file name is missing');
  if (path.includes('?')) throw invalid('a sqlite address takes no parameters');
  return { engine: 'sqlite', filename: isAbsolute(path) ? path : resolve(root, path) };
}

function parseMysql(url: string): MysqlAddress {
  const parsed = tryUrl(url);
  if (parsed === undefined || parsed.hash !== '') {
    throw invalid('it cannot be read; write special characters in user and password percent-encoded');
  }
  const socketPath = parsed.searchParams.get('socketPath') ?? undefined;
  const ssl = parsed.searchParams.get('ssl') ?? 'false';
  for (const name of parsed.searchParams.keys()) {
    if (name !== 'socketPath' && name !== 'ssl') throw invalid(`the parameter "${name}" is unknown`);
  }
  if (ssl !== 'true' && ssl !== 'false') throw invalid('"ssl" is true or false');
  if (parsed.hostname === '' && socketPath === undefined) throw invalid('the host is missing');
  const database = decode(parsed.pathname.slice(1));
  if (database === '' || database.includes('/')) throw invalid('the database name after the host is missing or wrong');
  return {
    engine: 'mysql',
    host: parsed.hostname.replace(/^\[|\]$/g, ''),
    port: parsed.port === '' ? 3306 : Number(parsed.port),
    socketPath,
    user: decode(parsed.username),
    password: decode(parsed.password),
    database,
    ssl: ssl === 'true',
  };
}

function tryUrl(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid('a "%" in user, password or database is not followed by two hex digits');
  }
}

function invalid(reason: string): DatabaseError {
  return new DatabaseError(
    'DB_URL_INVALID',
    `DATABASE_URL is wrong: ${reason}. Use sqlite:var/vestibule.sqlite or mysql://user:password@host:port/database`,
  );
}

/** The address as it may be shown: never with user or password. */
export function shownAddress(address: SqliteAddress | MysqlAddress): string {
  if (address.engine === 'sqlite') return address.filename;
  return address.socketPath ?? `${address.host}:${address.port}`;
}
