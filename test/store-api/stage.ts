import { Connections, Tokens } from '../../modules/connection/index.ts';
import { sql } from '../../modules/framework/index.ts';
import storeApi from '../../modules/store-api/module.ts';
import { listener } from '../change-capture/listener.ts';
import { type ScimClient, scimClient } from '../provisioning/client.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { administrator } from '../setup/administration.ts';
import type { TestEngine } from '../setup/databases.ts';
import { type Importer, importer, type StoreReply } from './importer.ts';

/** A host with a connection that an importer and a SCIM client speak for. */
export interface Stage {
  readonly room: ScimHost;
  readonly api: Importer;
  readonly connectionId: number;
  /** Speaks SCIM for the same connection, with this token. */
  readonly scimOf: ScimClient;
  readonly token: string;
  /** The number of the connection's user with this user name. */
  idOf(userName: string): Promise<number>;
  policy(changes: Readonly<Record<string, unknown>>): Promise<void>;
  /** What answers look like is for each fact to say. */
  readonly any: StoreReply['json'];
}

/** What the administrator may do who asks the admin API. */
export const granted = new Set(['store-api::view', 'store-api::manage']);

export async function openStage(engine: TestEngine): Promise<Stage> {
  const config = { 'customer/password/lockout_failures': 2, 'scim/search/budget': 1_000 };
  const room = await openHost(engine, {
    modules: [storeApi, listener],
    config,
    override: [administrator(granted).override],
  });
  const api = await importer(room, 'bigcommerce');
  const connections = room.host.resolve(Connections);
  const connection = await connections.byCode(room.database, 'bigcommerce');
  const { text: token } = await room.database.transaction((tx) =>
    room.host.resolve(Tokens).issue(tx, connection, { name: 'scim' }, room.now()),
  );
  const scimOf = scimClient(`${room.url}/scim/v2`, token);
  return {
    room,
    api,
    connectionId: connection.id,
    scimOf,
    token,
    any: undefined,
    async idOf(userName) {
      const [found] = await room.rows<{ id: number }>(
        sql`SELECT customer_id AS id FROM {vestibule_user} WHERE connection_id = ${connection.id} AND user_name_key = ${room.database.dialect.bytes(sql`${userName}`)}`,
      );
      return found?.id as number;
    },
    async policy(changes) {
      await room.database.transaction((tx) => connections.change(tx, 'bigcommerce', { policy: changes }));
      // Running servers remember a connection for five seconds.
      room.advance(6);
    },
  };
}
