import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Activities } from '../../modules/activity/index.ts';
import activity from '../../modules/activity/module.ts';
import { CustomerAttributes, CustomerError, CustomerOwners, CustomerSaved } from '../../modules/customer/index.ts';
import { type CommandIo, contribute, defineModule, observe, sql } from '../../modules/framework/index.ts';
import { type ImportListener, type ImportResult, importCustomers } from '../../modules/transfer/import/import.ts';
import type { ImportOptions } from '../../modules/transfer/import/options.ts';
import type { Plan } from '../../modules/transfer/import/plan.ts';
import { type ImportServices, importServices } from '../../modules/transfer/import/surroundings.ts';
import transfer from '../../modules/transfer/module.ts';
import { type CustomerRoom, openRoom } from '../customer/customer-room.ts';
import type { TestEngine } from '../setup/databases.ts';

/** A store with attributes of its own, a folder for files, and both commands. */
export interface TransferRoom extends CustomerRoom {
  readonly services: ImportServices;
  readonly activities: Activities;
  /** Customers that somebody manages. */
  readonly managed: Set<number>;
  /** E-mails that the store refuses when they are written, and not before. */
  readonly refused: Set<string>;
  path(name: string): string;
  put(name: string, text: string): Promise<string>;
  text(name: string): Promise<string>;
  /** Imports a CSV given as lines. */
  importLines(lines: readonly string[], options?: Partial<ImportOptions>): Promise<Imported>;
  import(file: string, options?: Partial<ImportOptions>, listener?: Partial<ImportListener>): Promise<Imported>;
  run(name: string, options: Readonly<Record<string, unknown>>, io?: Partial<CommandIo>): Promise<unknown>;
  /** Takes all customers away, as in a store that has none yet. */
  clear(): Promise<void>;
}

export interface Imported {
  readonly result: ImportResult;
  readonly plans: readonly Plan[];
  readonly notices: readonly string[];
}

export const usual: Omit<ImportOptions, 'file'> = {
  managed: false,
  passwordHashes: false,
  ignored: new Set(),
  dryRun: false,
  restart: false,
  batch: 100,
  actor: 'test',
  name: 'customers.csv',
};

export async function openTransferRoom(engine: TestEngine): Promise<TransferRoom> {
  const managed = new Set<number>();
  const refused = new Set<string>();
  const provider = defineModule({
    name: 'provider',
    version: '1.0.0',
    host: '^1',
    sequence: ['customer'],
    contributes: [
      contribute(CustomerOwners, {}, () => ({
        of: async (_, id) => (managed.has(id) ? { name: 'Okta', owns: new Set(['firstname']) } : undefined),
      })),
    ],
    observers: [
      observe(CustomerSaved, {
        id: 'provider.refuse',
        when: 'transaction',
        async handle({ id }, _, tx) {
          if (refused.size === 0) return;
          const row = await tx.first<{ email: string }>(
            sql`SELECT email FROM {customer_entity} WHERE entity_id = ${id}`,
          );
          if (refused.has(row?.email ?? '')) throw new CustomerError('CUSTOMER_VALUE_INVALID', 'No.', 'email');
        },
      }),
    ],
  });
  const room = await openRoom(engine, { modules: [activity, transfer, provider] });
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-transfer-'));
  await room.database.transaction((tx) =>
    room.host.resolve(CustomerAttributes).ensure(tx, [
      {
        code: 'tier',
        label: 'Tier',
        backendType: 'int',
        input: 'select',
        options: ['Bronze', 'Silver', 'Gold, large'],
      },
      {
        code: 'likes',
        label: 'Likes',
        backendType: 'varchar',
        input: 'multiselect',
        options: ['Tea', 'Cake, sweet', '"Q"'],
      },
      { code: 'vip', label: 'VIP', backendType: 'int', input: 'boolean' },
      { code: 'member_since', label: 'Member since', backendType: 'datetime', input: 'date' },
      { code: 'score', label: 'Score', backendType: 'decimal' },
      { code: 'remark', label: 'Remark', backendType: 'text' },
    ]),
  );
  await room.transaction((tx) => room.groups.create(tx, 'Gold Club'));
  const services = room.host.host.resolveAll(importServices) as ImportServices;
  const path = (name: string): string => join(folder, name);
  const transferRoom: TransferRoom = {
    ...room,
    services,
    activities: room.host.resolve(Activities),
    managed,
    refused,
    path,
    async put(name, text) {
      await writeFile(path(name), text);
      return path(name);
    },
    text: (name) => readFile(path(name), 'utf8'),
    async importLines(lines, options) {
      return transferRoom.import(await transferRoom.put('given.csv', `${lines.join('\n')}\n`), options);
    },
    async import(file, options = {}, listener = {}) {
      const plans: Plan[] = [];
      const notices: string[] = [];
      const result = await importCustomers(
        services,
        { ...usual, file, ...options },
        {
          decided: (plan) => void plans.push(plan),
          progressed: () => {},
          noticed: (message) => void notices.push(message),
          ...listener,
        },
      );
      return { result, plans, notices };
    },
    async run(name, options, io = {}) {
      const command = transfer.commands?.find((known) => known.name === name);
      if (!command) throw new Error(`There is no command ${name}.`);
      const defaults = Object.entries(command.options).flatMap(([key, { default: value }]) =>
        value === undefined ? [] : [[key, value]],
      );
      const given = { ...Object.fromEntries(defaults), ...options };
      const resolved = room.host.host.resolveAll(command.dependencies) as Record<string, unknown>;
      return command.run(given, resolved, { write: () => {}, tell: () => {}, json: false, ...io });
    },
    async clear() {
      for (const table of ['customer_entity', 'customer_grid_flat', 'newsletter_subscriber'])
        await room.database.run({ sql: `DELETE FROM {${table}}`, values: [] });
    },
    async close() {
      await room.close();
      await rm(folder, { recursive: true });
    },
  };
  return transferRoom;
}
