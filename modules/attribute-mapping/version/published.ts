import type { Connection } from '../../connection/index.ts';
import { aging, type Executor, type ServiceToken, service, sql } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { MappingError } from './mapping-error.ts';
import { versionDocument } from './storage.ts';

/** A published version. The document is the same object for as long as the version is the same. */
export interface PublishedMapping {
  readonly version: number;
  readonly document: MappingDocument;
}

/** What is in effect for each connection, in memory. */
export interface PublishedMappings {
  /**
   * Looks again where that was more than five seconds ago, or something was published here. Not inside a transaction.
   * @throws MappingError `MAPPING_UNREADABLE` where the version in effect for this connection is damaged
   */
  ready(db: Executor, connection?: Connection): Promise<void>;
  /** Undefined until something was published: the preset is in effect. */
  of(connection: Connection): PublishedMapping | undefined;
  /** Says that something was published here: the next `ready` looks again. */
  expire(): void;
}

export const PublishedMappings: ServiceToken<PublishedMappings> = service<PublishedMappings>(
  'attribute-mapping.PublishedMappings',
);

const freshFor = 5_000;

interface Row {
  connection_id: number;
  version: number;
}

interface Following {
  readonly milliseconds?: () => number;
  readonly appeared?: () => void;
}

type Held = PublishedMapping | { readonly version: number; readonly damaged: MappingError };

/**
 * One statement every five seconds, whatever the number of connections, and one more for each new version.
 * `milliseconds` counts up steadily; `appeared` is told of versions that another process, or this one, has published.
 */
export function followPublished(
  database: Pick<Executor, 'all' | 'first'>,
  { milliseconds = () => performance.now(), appeared = () => {} }: Following = {},
): PublishedMappings {
  let held: ReadonlyMap<number, Held> = new Map();
  let [begun, heldSince] = [0, 0];

  async function load(): Promise<ReadonlyMap<number, Held>> {
    const turn = ++begun;
    const rows = await database.all<Row>(
      sql`SELECT connection_id, version FROM {vestibule_mapping_head} WHERE version > 0`,
    );
    const next = new Map<number, Held>();
    for (const { connection_id: id, version } of rows) {
      const known = held.get(id);
      next.set(id, known?.version === version ? known : await read(id, version));
      if (known?.version !== version) appeared();
    }
    // One that began before a publication may end after the one that began behind it.
    if (turn > heldSince) [held, heldSince] = [next, turn];
    return next;
  }

  async function read(id: number, version: number): Promise<Held> {
    const row = await database.first<{ document: string; code: string }>(
      sql`SELECT v.document, n.code FROM {vestibule_mapping_version} v
        JOIN {vestibule_connection} n ON n.connection_id = v.connection_id
        WHERE v.connection_id = ${id} AND v.version = ${version}`,
    );
    try {
      return { version, document: versionDocument(row?.document ?? '', version, row?.code ?? String(id)) };
    } catch (error) {
      if (error instanceof MappingError) return { version, damaged: error };
      throw error;
    }
  }

  const following = aging(load, freshFor, milliseconds);
  return {
    async ready(_, connection) {
      const now = await following.get();
      const found = connection && now.get(connection.id);
      if (found && 'damaged' in found) throw found.damaged;
    },
    of({ id }) {
      const found = held.get(id);
      return found && 'document' in found ? found : undefined;
    },
    expire: () => following.expire(),
  };
}
