import fc from 'fast-check';
import { customerUserUrn } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { type AttributeDefinition, CustomerAttributes } from '../../../modules/customer/index.ts';
import { raw, type Sql, sql } from '../../../modules/framework/index.ts';
import { Room } from '../../../modules/provisioning/room.ts';
import type { FoundPage } from '../../../modules/provisioning/search/search.ts';
import { userSource } from '../../../modules/provisioning/user/search-source.ts';
import type { ListQuery, Resource, ResourceType } from '../../../modules/scim/index.ts';
import type { TestEngine } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { users, words } from './arbitraries.ts';

/** A store full of users and groups whose rows the store has changed, and a way to search them without HTTP. */
export interface SearchedStore {
  readonly host: ScimHost;
  readonly type: ResourceType;
  /** What GET answers of each user, in the order of their ids. */
  readonly stored: readonly Resource[];
  search(query: Partial<ListQuery>): Promise<FoundPage>;
  /** Undoes what searches have brought up to date, as if the store had changed its rows a moment ago. */
  unsettle(): Promise<void>;
  close(): Promise<void>;
}

const definitions: readonly AttributeDefinition[] = [
  { code: 'motto', backendType: 'varchar', label: 'Motto' },
  { code: 'size', backendType: 'int', label: 'Size' },
  { code: 'limit_eur', backendType: 'decimal', label: 'Limit' },
  { code: 'joined', backendType: 'datetime', label: 'Joined' },
  { code: 'wholesale', backendType: 'int', label: 'Wholesale', input: 'boolean' },
  { code: 'tier', backendType: 'int', label: 'Tier', input: 'select', options: ['Gold', 'Silver'] },
  { code: 'likes', backendType: 'varchar', label: 'Likes', input: 'multiselect', options: ['Tea', 'Coffee'] },
];

const own = fc.record(
  {
    motto: fc.constantFrom(...words.filter((word) => word.trim() !== '')),
    size: fc.constantFrom(-1, 0, 7),
    limit_eur: fc.constantFrom(1, 12.5),
    joined: fc.constantFrom('2024-05-06T14:00:00+02:00', '2000-02-29'),
    wholesale: fc.boolean(),
    tier: fc.constantFrom('Gold', 'silver'),
    likes: fc.constantFrom(['Tea'], ['Tea', 'Coffee']),
  },
  { requiredKeys: [] },
);

/** Opens a store with as many users, some changed behind our back: in columns, EAV values and addresses, also to NULL. */
export async function openSearchedStore(engine: TestEngine, count: number, seed = 7): Promise<SearchedStore> {
  const host = await openHost(engine);
  const { database } = host;
  const attributes = host.host.resolve(CustomerAttributes);
  await database.transaction((tx) => attributes.ensure(tx, definitions));
  await attributes.all(database);
  const ids: string[] = [];
  const samples = fc.sample(fc.tuple(users, own), { numRuns: count, seed });
  for (const [i, [{ emails = [], ...rest }, custom]] of samples.entries()) {
    const main = { value: `Main${i}@example.com`, type: i % 3 === 0 ? 'other' : 'work', primary: i % 2 === 0 };
    const user: Record<string, unknown> = {
      ...rest,
      userName: `${words[i % words.length]}${i}`,
      ...(i % 3 === 0 ? {} : { externalId: `${words[(i * 7) % words.length]}${i}` }),
      emails: i % 5 === 0 ? [] : [main, ...emails],
      ...(i % 2 === 0 ? {} : { [customerUserUrn]: custom }),
    };
    host.advance(i % 4 === 0 ? 0 : 1);
    ids.push(await host.scim.create(user));
  }
  // A tombstone, and one that came back.
  const [gone] = ids.splice(count - 2, 1);
  await host.scim.delete(gone ?? '');
  await host.scim.delete(await host.scim.create({ userName: 'back', externalId: 'back' }));
  await host.scim.create({ userName: 'back again', externalId: 'back' });
  await makeGroups(host, ids);
  await drift(host, ids);
  const room = host.host.resolve(Room);
  const connection = await host.host.resolve(Connections).byId(database, 1);
  if (!connection) throw new Error('there is no connection 1');
  const baseUrl = String((await host.scim.get(`/Users/${ids[0]}`)).json.meta?.location).replace(/\/Users\/.*$/, '');
  const stored: Resource[] = [];
  for (let id = 1; id <= count + 3; id++)
    for (const text of [String(id), `${id}-1`]) {
      const { status, json } = await host.scim.get(`/Users/${text}`);
      if (status === 200) stored.push(json as unknown as Resource);
    }
  const unsettle = await rememberUnsettled(host);
  return {
    host,
    unsettle,
    type: room.mapping.of(connection).resourceType(),
    stored,
    search: async (query) =>
      room.search.page(
        database,
        await userSource(room, connection, baseUrl),
        { startIndex: 1, count: 1000, sortOrder: 'ascending', ...query },
        host.now(),
      ),
    close: () => host.close(),
  };
}

/** Keeps in tables beside them what searches bring up to date: four statements put it back, whatever the engine. */
async function rememberUnsettled({ database }: ScimHost): Promise<() => Promise<void>> {
  const kept = [
    sql`CREATE TABLE kept_email AS SELECT * FROM {vestibule_user_email}`,
    sql`CREATE TABLE kept_document AS SELECT u.customer_id, d.modified_at, d.search, u.display_key FROM {vestibule_user} u JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id`,
    sql`CREATE INDEX kept_document_customer ON kept_document (customer_id)`,
  ];
  for (const statement of kept) await database.run(statement);
  const keptOf = (column: string, table: string) =>
    sql`(SELECT k.${raw(column)} FROM kept_document k WHERE k.customer_id = ${raw(`{${table}}`)}.customer_id)`;
  return () =>
    database.transaction(async (tx) => {
      await tx.run(
        sql`UPDATE {vestibule_user_document} SET search = ${keptOf('search', 'vestibule_user_document')}, settled = NULL, modified_at = ${keptOf('modified_at', 'vestibule_user_document')} WHERE customer_id IN (SELECT customer_id FROM kept_document)`,
      );
      await tx.run(
        sql`UPDATE {vestibule_user} SET display_key = ${keptOf('display_key', 'vestibule_user')} WHERE customer_id IN (SELECT customer_id FROM kept_document)`,
      );
      await tx.run(sql`DELETE FROM {vestibule_user_email}`);
      await tx.run(sql`INSERT INTO {vestibule_user_email} SELECT * FROM kept_email`);
    });
}

async function makeGroups(host: ScimHost, ids: readonly string[]): Promise<void> {
  const make = async (displayName: string, members: readonly string[]): Promise<string> => {
    const { status, json, text } = await host.scim.send('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName,
      members: members.map((value) => ({ value })),
    });
    if (status !== 201) throw new Error(`POST /Groups answered ${status}: ${text}`);
    return String(json.id);
  };
  const inner = await make('Ünter', ids.slice(3, 9));
  await make('Ober', [inner, ...ids.slice(7, 12)]);
  await make('100% \\_', ids.slice(0, 2));
}

/** Changes rows as the store does: nothing tells us. */
async function drift({ database }: ScimHost, ids: readonly string[]): Promise<void> {
  const run = (statement: Sql) => database.run(statement);
  const attribute = (code: string) => sql`(SELECT attribute_id FROM {eav_attribute} WHERE attribute_code = ${code})`;
  for (const [i, text] of ids.entries()) {
    const id = Number(text);
    const word = words[(i * 5) % words.length] ?? 'x';
    switch (i % 8) {
      case 1:
        await run(sql`UPDATE {customer_entity} SET firstname = ${word}, middlename = ${word} WHERE entity_id = ${id}`);
        break;
      case 2:
        await run(
          sql`UPDATE {customer_entity} SET email = ${`Drift${i}@example.com`}, is_active = 1 - is_active, updated_at = '2030-01-02 03:04:05' WHERE entity_id = ${id}`,
        );
        break;
      case 3:
        await run(sql`DELETE FROM {customer_entity_varchar} WHERE entity_id = ${id}`);
        break;
      case 4:
        await run(
          sql`UPDATE {customer_entity_varchar} SET value = ${word} WHERE entity_id = ${id} AND attribute_id IN (${attribute('job_title')}, ${attribute('department')}, ${attribute('motto')}, ${attribute('phone_number')})`,
        );
        break;
      case 5:
        await run(sql`UPDATE {customer_address_entity} SET city = ${word}, street = '' WHERE parent_id = ${id}`);
        await run(sql`UPDATE {customer_entity} SET lastname = NULL WHERE entity_id = ${id}`);
        break;
      case 6:
        await run(sql`DELETE FROM {customer_address_entity} WHERE parent_id = ${id}`);
        await run(
          sql`INSERT INTO {customer_entity_varchar} (attribute_id, entity_id, value) SELECT attribute_id, ${id}, 'Engines é' FROM {eav_attribute} WHERE attribute_code = 'division'`,
        );
        await run(
          sql`UPDATE {customer_entity_int} SET value = 1000 WHERE entity_id = ${id} AND attribute_id = ${attribute('size')}`,
        );
        break;
      default:
    }
  }
}
