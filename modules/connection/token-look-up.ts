import { type Database, join, type Sql, sql } from '../framework/index.ts';
import { type ConnectionRow, connectionColumns } from './connections.ts';

/** A token as the verifier needs it, with its connection. */
export type TokenAndConnection = ConnectionRow & {
  token_id: number;
  public_id: string;
  token_name: string;
  digest: string;
  scopes: string | null;
  token_addresses: string | null;
  expires_at: string | null;
  revoked_at: string | null;
};

const batchSize = 64;

const selectTokens = (publicIds: readonly string[]): Sql =>
  sql`SELECT t.token_id, t.public_id, t.name AS token_name, t.digest, t.scopes, t.allowed_addresses AS token_addresses, t.expires_at, t.revoked_at, ${connectionColumns} FROM {vestibule_connection_token} t JOIN {vestibule_connection} n ON n.connection_id = t.connection_id WHERE t.public_id IN (${join(publicIds.map((id) => sql`${id}`))})`;

/** Sizes are powers of two, so that the prepared texts stay few. */
function padded(publicIds: readonly string[]): readonly string[] {
  const size = 2 ** Math.ceil(Math.log2(publicIds.length));
  return [...publicIds, ...Array.from({ length: size - publicIds.length }, () => publicIds[0] ?? '')];
}

interface Asked {
  readonly promise: Promise<TokenAndConnection | undefined>;
  readonly resolve: (row: TokenAndConnection | undefined) => void;
  readonly reject: (error: unknown) => void;
}

function ask(): Asked {
  let [resolve, reject]: [Asked['resolve'], Asked['reject']] = [() => {}, () => {}];
  const promise = new Promise<TokenAndConnection | undefined>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}

/**
 * Reads tokens by public id. One statement is under way at a time and answers all who have asked meanwhile, so that a
 * flood of made-up tokens holds one connection of the pool and not all of them. Every answer was read after it was asked.
 */
export function tokenLookUp(database: Database): (publicId: string) => Promise<TokenAndConnection | undefined> {
  const waiting = new Map<string, Asked>();
  let running = false;

  async function readBatch(batch: ReadonlyMap<string, Asked>): Promise<void> {
    try {
      const rows = await database.all<TokenAndConnection>(selectTokens(padded([...batch.keys()])));
      const found = new Map(rows.map((row) => [row.public_id, row]));
      for (const [publicId, asked] of batch) asked.resolve(found.get(publicId));
    } catch (error) {
      for (const asked of batch.values()) asked.reject(error);
    }
  }

  async function run(): Promise<void> {
    running = true;
    while (waiting.size > 0) {
      const batch = new Map<string, Asked>();
      for (const [publicId, asked] of waiting) {
        batch.set(publicId, asked);
        waiting.delete(publicId);
        if (batch.size === batchSize) break;
      }
      await readBatch(batch);
    }
    running = false;
  }

  return (publicId) => {
    let asked = waiting.get(publicId);
    if (!asked) {
      asked = ask();
      waiting.set(publicId, asked);
    }
    if (!running) void run();
    return asked.promise;
  };
}
