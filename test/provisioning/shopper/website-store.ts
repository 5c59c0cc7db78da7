import fc from 'fast-check';
import { Connections } from '../../../modules/connection/index.ts';
import { type Sql, sql } from '../../../modules/framework/index.ts';
import { Room } from '../../../modules/provisioning/room.ts';
import { shoppersOf } from '../../../modules/provisioning/shopper/shoppers.ts';
import { userSource } from '../../../modules/provisioning/user/search-source.ts';
import type { Resource } from '../../../modules/scim/index.ts';
import type { TestEngine } from '../../setup/databases.ts';
import type { ScimHost } from '../host.ts';
import { users, words } from '../search/arbitraries.ts';
import { openSearchedStore, type SearchedStore } from '../search/searched-store.ts';

/** Lets connection 1 see the whole website, or what it manages alone. */
export async function setVisibility(host: ScimHost, visibility: 'managed' | 'website'): Promise<void> {
  const connections = host.host.resolve(Connections);
  const connection = await connections.byId(host.database, 1);
  if (!connection) throw new Error('there is no connection 1');
  await host.database.transaction((tx) => connections.change(tx, connection.code, { policy: { visibility } }));
  // Running servers remember a connection for five seconds.
  host.advance(5);
}

/** Takes users away from their connection, as if SCIM had never heard of them: the rows of the store stay. */
export async function release({ database }: ScimHost, ids: readonly string[]): Promise<void> {
  const run = (query: Sql) => database.run(query);
  for (const id of ids) {
    await run(sql`DELETE FROM {vestibule_user_email} WHERE customer_id = ${id}`);
    await run(sql`DELETE FROM {vestibule_user_document} WHERE customer_id = ${id}`);
    await run(sql`DELETE FROM {vestibule_user} WHERE customer_id = ${id}`);
  }
}

/** A searched store whose website has shoppers as well, and some who belong to another connection. */
export async function openWebsiteStore(engine: TestEngine, managed: number, shoppers: number): Promise<SearchedStore> {
  const store = await openSearchedStore(engine, managed);
  const { host } = store;
  const other = await host.connect('other');
  const samples = fc.sample(users, { numRuns: shoppers + 3, seed: 11 });
  const made: string[] = [];
  for (const [i, { emails: _, ...user }] of samples.entries()) {
    const mail = { value: `Shopper.${words[i % 2]}${i}@example.com`, type: 'work', primary: true };
    host.advance(i % 2);
    made.push(await other.create({ ...user, userName: `shopper${i}`, emails: [mail] }));
  }
  await release(host, made.slice(0, shoppers));
  // Between the shoppers stand users as well.
  for (let i = 0; i < 3; i++) {
    // The first two are named as a shopper's e-mail address is, one with a smaller id and one with a larger.
    const emails = [{ value: `late${i}@example.com`, type: 'work' }];
    made.push(await host.scim.create({ userName: `plain${1 - i}@example.com`, emails, title: 'late' }));
    await host.shopper(`plain${i}@example.com`, { firstname: words[i] ?? '', is_active: i % 2 });
  }
  await setVisibility(host, 'website');
  const room = host.host.resolve(Room);
  const connection = await host.host.resolve(Connections).byId(host.database, 1);
  if (!connection) throw new Error('there is no connection 1');
  const baseUrl = String((await host.scim.get(`/Users/${made.at(-1)}`)).json.meta?.location).replace(
    /\/Users\/.*$/,
    '',
  );
  const stored: Resource[] = [];
  for (let id = 1; id <= Number(made.at(-1)) + 1; id++)
    for (const text of [String(id), `${id}-1`]) {
      const { status, json } = await host.scim.get(`/Users/${text}`);
      if (status === 200) stored.push(json as unknown as Resource);
    }
  return {
    ...store,
    stored,
    search: async (query) =>
      room.search.page(
        host.database,
        await userSource(room, connection, baseUrl),
        { startIndex: 1, count: 1000, sortOrder: 'ascending', ...query },
        host.now(),
        shoppersOf(room, connection, baseUrl),
      ),
  };
}
