import { type Executor, sql } from '../../framework/index.ts';
import type { DecodedEntry } from '../entry/decode.ts';

/** One combination of who, what and how it ended. There are few of them, so a filter on any of it picks from this list. */
export interface Kind {
  readonly kind_id: number;
  /** 0 where no connection was involved. */
  readonly connection_id: number;
  readonly operation: string;
  readonly outcome: string;
  readonly status: number;
  /** The code that the connection had; it may be gone. */
  readonly application: string | null;
}

export const allKinds = (db: Executor): Promise<Kind[]> =>
  db.all(
    sql`SELECT kind_id, connection_id, operation, outcome, status, application FROM {vestibule_activity_kind} ORDER BY kind_id`,
  );

const keyOf = (connection: number, operation: string, outcome: string, status: number): string =>
  `${connection} ${status} ${outcome} ${operation}`;

/** Finds the kind of an entry. */
export interface Kinds {
  /** Reads the kinds of these, where they are not known yet. */
  know(entries: readonly DecodedEntry[]): Promise<void>;
  /** The same, and makes those that are new. */
  make(entries: readonly DecodedEntry[]): Promise<void>;
  idOf(entry: DecodedEntry): number | undefined;
}

/** `codeOf` tells the code of a connection, asked once per new kind. */
export function createKinds(
  database: Executor,
  codeOf: (db: Executor, connectionId: number) => Promise<string | undefined> = async () => undefined,
): Kinds {
  let ids = new Map<string, number>();
  const key = ({ connection = 0, operation, outcome, status }: DecodedEntry) =>
    keyOf(connection, operation, outcome, status);

  async function load(): Promise<void> {
    const kinds = await allKinds(database);
    ids = new Map(kinds.map((k) => [keyOf(k.connection_id, k.operation, k.outcome, k.status), k.kind_id]));
  }

  const unknown = (entries: readonly DecodedEntry[]) => entries.filter((entry) => !ids.has(key(entry)));

  return {
    async know(entries) {
      if (unknown(entries).length > 0) await load();
    },
    async make(entries) {
      await this.know(entries);
      const missing = new Map(unknown(entries).map((entry) => [key(entry), entry]));
      if (missing.size === 0) return;
      for (const { connection = 0, operation, outcome, status } of missing.values()) {
        const code = connection === 0 ? undefined : await codeOf(database, connection);
        await database.run(
          sql`${database.dialect.insertIgnoreInto} {vestibule_activity_kind} (connection_id, operation, outcome, status, application) VALUES (${connection}, ${operation}, ${outcome}, ${status}, ${code ?? null})`,
        );
      }
      await load();
    },
    idOf: (entry) => ids.get(key(entry)),
  };
}
