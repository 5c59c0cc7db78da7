import { Activities } from '../../../activity/index.ts';
import { UserMapping } from '../../../attribute-mapping/index.ts';
import { Connections } from '../../../connection/index.ts';
import {
  CustomerAdministered,
  type CustomerColumn,
  CustomerColumns,
  type CustomerOwner,
  CustomerOwners,
  CustomerStandingChanged,
} from '../../../customer/index.ts';
import { Clock, contribute, type Executor, idList, observe, sql } from '../../../framework/index.ts';
import { managingOf } from './managing.ts';

interface Managed {
  readonly id: number;
  readonly connection: number;
}

/** Which of these customers are users of a connection now. */
const managed = (db: Executor, ids: readonly number[]): Promise<Managed[]> =>
  db.all<Managed>(
    sql`SELECT customer_id AS id, connection_id AS connection FROM {vestibule_user} WHERE customer_id IN (${idList(ids)}) AND is_deleted = 0`,
  );

const hrefOf = (code: string): string => `/admin/connections/${encodeURIComponent(code)}`;

/** The grid of customers says which connection manages whom. */
const sourceColumn = contribute(
  CustomerColumns,
  { connections: Connections },
  ({ connections }): CustomerColumn => ({
    key: 'source',
    label: 'Source',
    acl: 'connection::view',
    sortOrder: 10,
    async options(db) {
      const all = await connections.list(db);
      return { '-': 'The store', ...Object.fromEntries(all.map(({ code, name }) => [code, name])) };
    },
    async read(db, ids) {
      const users = await managed(db, ids);
      if (users.length === 0) return new Map();
      const known = new Map((await connections.list(db)).map((connection) => [connection.id, connection]));
      return new Map(
        users.flatMap(({ id, connection }) => {
          const found = known.get(connection);
          if (!found) return [];
          return [[id, { value: found.code, label: found.name, tone: 'info' as const, href: hrefOf(found.code) }]];
        }),
      );
    },
  }),
);

/** A customer's page says who manages it, and which attributes its mapping locks. */
const owner = contribute(
  CustomerOwners,
  { connections: Connections, mapping: UserMapping },
  ({ connections, mapping }) => ({
    async of(db, customerId) {
      const user = await managingOf(db, customerId);
      if (user?.connection === undefined) return undefined;
      const connection = await connections.byId(db, user.connection);
      if (!connection) return undefined;
      await mapping.ready(db, connection);
      return { name: connection.name, href: hrefOf(connection.code), owns: mapping.of(connection).locked };
    },
    async among(db, customerIds) {
      const users = await managed(db, customerIds);
      const owners = new Map<number, CustomerOwner>();
      for (const id of new Set(users.map(({ connection }) => connection))) {
        const connection = await connections.byId(db, id);
        if (!connection) continue;
        await mapping.ready(db, connection);
        const { name, code } = connection;
        const owner = { name, href: hrefOf(code), owns: mapping.of(connection).locked };
        for (const user of users) if (user.connection === id) owners.set(user.id, owner);
      }
      return owners;
    },
  }),
);

/** What an administrator decided about a customer stands among what identity providers did. */
export const standingRecorded = observe(CustomerStandingChanged, {
  id: 'provisioning.record-standing',
  when: 'transaction',
  inject: { activities: Activities, clock: Clock },
  handle({ id, active, email, by }, { activities, clock }, tx) {
    activities.record(tx, {
      at: clock.now(),
      operation: active ? 'customer.activate' : 'customer.deactivate',
      outcome: 'done',
      status: 200,
      customerId: id,
      subject: email,
      actor: by,
      notes: [`An administrator ${active ? 'activated' : 'deactivated'} the customer.`],
    });
  },
});

/** What an administrator wrote, with the values before and after. */
export const administrationRecorded = observe(CustomerAdministered, {
  id: 'provisioning.record-administration',
  when: 'transaction',
  inject: { activities: Activities, clock: Clock },
  handle({ id, act, email, by, modified }, { activities, clock }, tx) {
    activities.record(tx, {
      at: clock.now(),
      operation: `customer.${act}`,
      outcome: 'done',
      status: 200,
      customerId: id,
      subject: email,
      actor: by,
      changed: modified.map(({ attribute }) => attribute),
      modified,
      notes: ['By an administrator, in the administration.'],
    });
  },
});

export const customerSources = [sourceColumn, owner];
