import {
  type CapturedChange,
  CaptureTriggers,
  ChangePump,
  ChangesCaptured,
} from '../../modules/change-capture/index.ts';
import changeCapture from '../../modules/change-capture/module.ts';
import { CustomerGroups, type CustomerState, Customers, Passwords } from '../../modules/customer/index.ts';
import { connect } from '../../modules/framework/database/connect.ts';
import type { SqlDatabase } from '../../modules/framework/database/sql-database.ts';
import {
  createTestHost,
  defineModule,
  observe,
  type Sql,
  sql,
  type TestHost,
  type Transaction,
} from '../../modules/framework/index.ts';
import type { OpenedDatabase, TestEngine } from '../setup/databases.ts';

/** A store with capture, and somebody else who writes into it past the host. */
export interface CaptureRoom {
  readonly opened: OpenedDatabase;
  readonly database: SqlDatabase;
  /** The same database as a storefront or an import opens it. */
  readonly foreign: SqlDatabase;
  readonly host: TestHost;
  readonly customers: Customers;
  readonly passwords: Passwords;
  readonly groups: CustomerGroups;
  readonly triggers: CaptureTriggers;
  readonly pump: ChangePump;
  /** Everything that was handed on and is committed. */
  readonly heard: CapturedChange[];
  /** Runs in the transaction that hands changes on. */
  onHandingOn(work: ((changes: readonly CapturedChange[], tx: Transaction) => void | Promise<void>) | undefined): void;
  /** Runs statements past the host, and answers what was captured of them, as short as it can be said. */
  captured(...writes: readonly Sql[]): Promise<readonly string[]>;
  /** Hands on what waits and answers it in the same way. */
  handedOn(): Promise<readonly string[]>;
  /** A customer whom the host made, of which nothing waits. */
  customer(options?: { readonly address?: boolean }): Promise<CustomerState>;
  close(): Promise<void>;
}

export const moment = new Date('2024-05-06T12:00:00.000Z');

let made = 0;

/** `updated 7 profile+group`, `address-created 7/3`. */
export const said = ({ kind, customerId, addressId, aspects }: CapturedChange): string =>
  [kind, addressId === null ? customerId : `${customerId}/${addressId}`, aspects.join('+')]
    .filter((part) => part !== '')
    .join(' ');

export async function openCaptureRoom(engine: TestEngine, tablePrefix = ''): Promise<CaptureRoom> {
  const opened = await engine.open({ tablePrefix, file: true });
  const { database } = opened;
  const heard: CapturedChange[] = [];
  let work: Parameters<CaptureRoom['onHandingOn']>[0];
  const listener = defineModule({
    name: 'listener',
    version: '1.0.0',
    sequence: ['change-capture'],
    observers: [
      observe(ChangesCaptured, {
        id: 'listener.handing-on',
        when: 'transaction',
        handle: ({ changes }, _, tx) => work?.(changes, tx),
      }),
      observe(ChangesCaptured, {
        id: 'listener.handed-on',
        when: 'committed',
        handle: ({ changes }) => void heard.push(...changes),
      }),
    ],
  });
  const host = await createTestHost({ modules: [changeCapture, listener], database, environment: { tablePrefix } });
  const foreign = await connect({ url: opened.url, tablePrefix });
  const customers = host.resolve(Customers);
  const pump = host.resolve(ChangePump);
  await customers.ready(database);
  await customers.selection(database);
  const handedOn = async (): Promise<readonly string[]> => {
    heard.length = 0;
    await pump.pump();
    return heard.map(said);
  };
  return {
    opened,
    database,
    foreign,
    host,
    customers,
    passwords: host.resolve(Passwords),
    groups: host.resolve(CustomerGroups),
    triggers: host.resolve(CaptureTriggers),
    pump,
    heard,
    onHandingOn(next) {
      work = next;
    },
    async captured(...writes) {
      await database.run(sql`DELETE FROM {vestibule_change}`);
      for (const write of writes) await foreign.run(write);
      return handedOn();
    },
    handedOn,
    async customer({ address = false } = {}) {
      const state = await database.transaction((tx) =>
        customers.createState(
          tx,
          {
            websiteId: 1,
            attributes: { email: `captured${++made}@example.com`, firstname: 'Ada', lastname: 'Lovelace' },
            ...(address ? { address: { city: 'London', country_id: 'GB' } } : {}),
          },
          moment,
        ),
      );
      await database.run(sql`DELETE FROM {vestibule_change}`);
      return state;
    },
    async close() {
      await host.close();
      await foreign.close();
      await opened.dispose();
    },
  };
}
