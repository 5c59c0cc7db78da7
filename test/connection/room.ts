import {
  BearerAuthenticator,
  type Connection,
  Connections,
  ExpiryWatch,
  type NewToken,
  Pulse,
  Tokens,
  TokenVerifier,
} from '../../modules/connection/index.ts';
import connection from '../../modules/connection/module.ts';
import { type CountedStatements, countStatements } from '../../modules/framework/database/index.ts';
import {
  Clock,
  createTestHost,
  type Logger,
  type ModuleManifest,
  type TestHost,
  type Transaction,
} from '../../modules/framework/index.ts';
import type { OpenedDatabase, TestEngine } from '../setup/databases.ts';

/** The connection room on a store of its own, with a clock that stands still. */
export interface ConnectionRoom {
  readonly database: OpenedDatabase['database'];
  readonly host: TestHost;
  readonly connections: Connections;
  readonly tokens: Tokens;
  readonly verifier: TokenVerifier;
  readonly watch: ExpiryWatch;
  readonly authenticator: BearerAuthenticator;
  readonly statements: CountedStatements;
  now(): Date;
  advance(milliseconds: number): void;
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  connect(code: string): Promise<Connection>;
  /** The text of a new token. */
  issue(connection: Connection, expiresAt?: Date, rights?: Pick<NewToken, 'scopes' | 'addresses'>): Promise<string>;
  /** The connection that a token opens from an address, or undefined. */
  opens(text: string, address?: string): Promise<Connection | undefined>;
  /** What a genuine token is refused for, or undefined. */
  refusal(text: string, address?: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export async function openRoom(
  engine: TestEngine,
  logger?: Logger,
  others: readonly ModuleManifest[] = [],
): Promise<ConnectionRoom> {
  const opened = await engine.open({ migrated: true });
  const { database } = opened;
  let time = Date.parse('2024-05-06T12:00:00.500Z');
  const now = () => new Date(time);
  const host = await createTestHost({
    modules: [connection, ...others],
    database,
    override: [
      [Clock, { now }],
      [Pulse, { milliseconds: () => time }],
    ],
    ...(logger ? { logger } : {}),
  });
  const connections = host.resolve(Connections);
  const tokens = host.resolve(Tokens);
  const verifier = host.resolve(TokenVerifier);
  return {
    database,
    host,
    connections,
    tokens,
    verifier,
    watch: host.resolve(ExpiryWatch),
    authenticator: host.resolve(BearerAuthenticator),
    statements: countStatements(database),
    now,
    advance(milliseconds) {
      time += milliseconds;
    },
    transaction: (work) => database.transaction(work),
    connect: (code) => database.transaction((tx) => connections.create(tx, { code, name: code, websiteId: 1 }, now())),
    issue: async (of, expiresAt, rights = {}) =>
      (await database.transaction((tx) => tokens.issue(tx, of, { name: 'test', expiresAt, ...rights }, now()))).text,
    async opens(text, address) {
      const verified = await verifier.verify(text, { address });
      return verified && !('refused' in verified) ? verified.connection : undefined;
    },
    async refusal(text, address) {
      const verified = await verifier.verify(text, { address });
      return verified && 'refused' in verified ? verified.refused : undefined;
    },
    async close() {
      await host.close();
      await opened.dispose();
    },
  };
}

/** What `work` was refused with. */
export async function refusalOf(work: Promise<unknown>): Promise<Error & { code?: string }> {
  try {
    await work;
  } catch (error) {
    return error as Error & { code?: string };
  }
  throw new Error('it was not refused');
}
