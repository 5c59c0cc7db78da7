import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import { openHost, type ScimHost } from '../host.ts';
import { seedUsers } from '../search/seed.ts';
import { release, setVisibility } from './website-store.ts';

/** Adoptions, deletions and additions of either kind while the list is walked once. */
const changes = 40;

onBothEngines('A walk through users and shoppers that change meanwhile', (engine) => {
  let host: ScimHost;
  let users: string[];
  let shoppers: string[];
  let made = 0;
  before(async function () {
    this.timeout(0);
    host = await openHost(engine);
    const ids = (await seedUsers(host, Math.min(20_000, runs(500)))).map(String);
    users = ids.filter((_, i) => i % 3 === 0);
    shoppers = ids.filter((_, i) => i % 3 !== 0);
    await release(host, shoppers);
    await setVisibility(host, 'website');
  });
  after(() => host.close());

  interface Page {
    readonly ids: readonly string[];
    readonly total: number;
    readonly next: string | undefined;
  }
  const page = async (query: string): Promise<Page> => {
    const { status, text, json } = await host.scim.get(`/Users?attributes=id&${query}`);
    expect(status, text).to.equal(200);
    const list = json as unknown as { Resources?: { id: string }[]; totalResults: number; nextCursor?: string };
    return { ids: (list.Resources ?? []).map(({ id }) => id), total: list.totalResults, next: list.nextCursor };
  };

  /** One of them, from all over the list, so behind and ahead of the walk alike. */
  const take = (from: string[], i: number): string =>
    from.splice(Math.floor((from.length * ((i * 7) % changes)) / changes), 1)[0] ?? '';

  async function change(i: number, gone: Set<string>): Promise<void> {
    const adopted = take(shoppers, i);
    const { status, text } = await host.scim.patch(adopted, { op: 'add', path: 'externalId', value: `a${adopted}` });
    expect(status, text).to.equal(200);
    users.push(adopted);
    const user = take(users, i + 3);
    await host.scim.delete(user);
    const shopper = take(shoppers, i + 5);
    await host.database.run(sql`DELETE FROM {customer_entity} WHERE entity_id = ${shopper}`);
    for (const one of [user, shopper]) gone.add(one);
    users.push(await host.scim.create({ userName: `made${made++}@example.com` }));
    shoppers.push(String(await host.shopper(`made${made++}@example.com`)));
  }

  /** Walks with pages that come from `ask`, changing the list after each of them, and looks at what came. */
  async function walk(pages: number, ask: (walked: number, last: Page | undefined) => Promise<Page | undefined>) {
    const staying = new Set([...users, ...shoppers]);
    const gone = new Set<string>();
    const seen = new Map<string, number>();
    let walked = 0;
    let changed = 0;
    for (let last = await ask(0, undefined); last; last = await ask(walked, last)) {
      for (const id of last.ids) seen.set(id, (seen.get(id) ?? 0) + 1);
      walked += last.ids.length;
      for (let i = 0; i < changes / pages && changed < changes; i++) await change(changed++, gone);
    }
    expect(changed).to.equal(changes);
    expect([...staying].filter((id) => !gone.has(id) && seen.get(id) !== 1)).to.deep.equal([]);
    expect([...seen].filter(([, times]) => times !== 1)).to.deep.equal([]);
  }

  for (const [what, more] of [
    ['', ''],
    ['with a filter', `&filter=${encodeURIComponent('not (title eq "x")')}`],
    ['sorted by family name', '&sortBy=name.familyName&sortOrder=descending'],
  ] as const) {
    it(`by cursor ${what} loses and doubles nobody, whoever is taken over`, async function () {
      this.timeout(0);
      const count = Math.ceil((users.length + shoppers.length) / 10);
      await walk(10, async (_, last) =>
        last && !last.next ? undefined : page(`count=${count}&cursor=${last?.next ?? ''}${more}`),
      );
    });

    it(`by startIndex ${what} loses and doubles nobody, also for whom trusts totalResults`, async function () {
      this.timeout(0);
      const count = Math.ceil((users.length + shoppers.length) / 10);
      await walk(10, async (walked, last) =>
        last && walked >= last.total ? undefined : page(`count=${count}&startIndex=${walked + 1}${more}`),
      );
    });
  }
});
