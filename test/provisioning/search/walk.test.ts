import { expect } from 'chai';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import type { ScimAnswer } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';
import { seedUsers } from './seed.ts';

/** Deletions, and as many users added, while the list is walked once. */
const changes = 50;

onBothEngines('A walk through a list that changes meanwhile', (engine) => {
  let host: ScimHost;
  let living: string[];
  let made = 0;
  before(async function () {
    this.timeout(0);
    host = await openHost(engine);
    // 20,000 in the campaign.
    living = (await seedUsers(host, Math.min(20_000, runs(800)))).map(String);
  });
  after(() => host.close());

  interface Page {
    readonly ids: readonly string[];
    readonly total: number;
    readonly next: string | undefined;
  }
  const page = async (query: string): Promise<Page> => {
    const answer: ScimAnswer = await host.scim.get(`/Users?attributes=id&${query}`);
    expect(answer.status, answer.text).to.equal(200);
    const {
      Resources = [],
      totalResults,
      nextCursor,
    } = answer.json as unknown as Record<string, never> & {
      Resources?: { id: string }[];
    };
    return { ids: Resources.map(({ id }) => id), total: totalResults as unknown as number, next: nextCursor };
  };

  /** Walks with pages that come from `ask`, changing the list after each of them, and looks at what came. */
  async function walk(pages: number, ask: (walked: number, last: Page | undefined) => Promise<Page | undefined>) {
    const deleted = new Set<string>();
    const added = new Set<string>();
    const seen = new Map<string, number>();
    const each = Math.ceil(changes / pages);
    let walked = 0;
    let last: Page | undefined;
    for (;;) {
      const found = await ask(walked, last);
      if (!found) break;
      for (const id of found.ids) seen.set(id, (seen.get(id) ?? 0) + 1);
      walked += found.ids.length;
      last = found;
      for (let i = 0; i < each && deleted.size < changes; i++) {
        // From all over the list, so behind and ahead of the walk alike.
        const [victim] = living.splice(Math.floor((living.length * ((deleted.size * 7) % changes)) / changes), 1);
        await host.scim.delete(victim ?? '');
        deleted.add(victim ?? '');
        added.add(await host.scim.create({ userName: `made${made++}` }));
      }
    }
    expect([deleted.size, added.size]).to.deep.equal([changes, changes]);
    expect(living.filter((id) => seen.get(id) !== 1)).to.deep.equal([]);
    expect([...seen].filter(([, times]) => times !== 1)).to.deep.equal([]);
    living.push(...added);
  }

  for (const [what, more] of [
    ['', ''],
    ['with a filter', `&filter=${encodeURIComponent('active eq true and not (title eq "x")')}`],
    ['sorted by displayName', '&sortBy=displayName&sortOrder=descending'],
    ['sorted by title', '&sortBy=title'],
  ] as const) {
    it(`by cursor ${what} loses and doubles nobody`, async function () {
      this.timeout(0);
      const count = Math.ceil(living.length / 20);
      await walk(20, async (_, last) =>
        last && !last.next ? undefined : page(`count=${count}&cursor=${last?.next ?? ''}${more}`),
      );
    });

    it(`by startIndex ${what} loses and doubles nobody, also for whom trusts totalResults`, async function () {
      this.timeout(0);
      const count = Math.ceil(living.length / 20);
      await walk(20, async (walked, last) =>
        last && walked >= last.total ? undefined : page(`count=${count}&startIndex=${walked + 1}${more}`),
      );
    });
  }
});
