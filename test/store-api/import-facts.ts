import { expect } from 'chai';
import { countStatements, join, sql } from '../../modules/framework/index.ts';
import { withFrozenClocks } from '../setup/frozen-clocks.ts';
import type { Stage } from './stage.ts';

/** Shoppers that nobody manages: more than a search may look at, as this host is configured. */
const old = 1_300;
const changed = 40;

/** What the store has is imported whole: exactly once, whoever comes and goes meanwhile. */
export function importFacts(stage: () => Stage): void {
  describe('is imported from', () => {
    const since = '2025-01-01T00:00:00Z';
    let ids: number[] = [];

    before(async () => {
      const { room, policy } = stage();
      await policy({ visibility: 'website' });
      const [start] = await room.rows<{ n: number }>(sql`SELECT MAX(entity_id) + 1000 AS n FROM {customer_entity}`);
      ids = Array.from({ length: old }, (_, i) => Number(start?.n) + i);
      const rows = ids.map(
        (id, i) =>
          sql`(${id}, 1, ${`old${i}@shop.example`}, 1, 1, ${'2020-01-01 00:00:00'}, ${i < changed ? '2025-02-03 04:05:06' : '2020-01-01 00:00:00'}, 1, ${'Old'}, ${'Shopper'})`,
      );
      for (let at = 0; at < rows.length; at += 500)
        await room.database.run(
          sql`INSERT INTO {customer_entity} (entity_id, website_id, email, group_id, store_id, created_at, updated_at, is_active, firstname, lastname) VALUES ${join(rows.slice(at, at + 500))}`,
        );
    });

    /** While a walk is under way somebody behind it and somebody before it goes, and somebody comes. */
    async function churn(i: number, gone: Set<number>): Promise<void> {
      const { room } = stage();
      for (const id of [ids.shift() ?? 0, ids.splice(changed - 10 - i, 1)[0] ?? 0]) {
        await room.database.run(sql`DELETE FROM {customer_entity} WHERE entity_id = ${id}`);
        gone.add(id);
      }
      await room.shopper(`late${i}-${room.now().getTime()}-${Math.floor(ids[0] ?? 0)}@shop.example`);
    }

    /** Every page that `next` leads to; each of those who stay has to come once. */
    async function walk(first: string, next: (json: Stage['any']) => string | undefined, wanted: readonly number[]) {
      const { api } = stage();
      const seen: number[] = [];
      const gone = new Set<number>();
      let pages = 0;
      for (let query: string | undefined = first; query !== undefined; pages++) {
        const { status, json } = await api.get(`/customers${query}`);
        expect(status, JSON.stringify(json)).to.equal(200);
        seen.push(...json.data.map(({ id }: { id: number }) => id));
        if (pages < 3) await churn(pages, gone);
        query = next(json);
      }
      expect(pages).to.be.above(3);
      expect(new Set(seen).size).to.equal(seen.length);
      expect(wanted.filter((id) => !gone.has(id) && !seen.includes(id))).to.deep.equal([]);
    }

    it('by pages of what has changed since a moment, though others are more than a search looks through', async () => {
      await walk(
        `?date_modified:min=${since}&limit=10`,
        (json) => json.meta.pagination.links.next,
        ids.slice(0, changed - 10),
      );
    });

    it('by cursor, whole', async () => {
      await walk('?after=&limit=250', (json) => json.meta.cursor_pagination.links.next, [...ids]);
    });

    it('by SCIM with the same question, the total being what is found', async () => {
      const { scimOf } = stage();
      const found: string[] = [];
      for (let at = 1, total = 1; at <= total; at = found.length + 1) {
        const { status, json, text } = await scimOf.get(
          `/Users?count=7&startIndex=${at}&filter=${encodeURIComponent('meta.lastModified gt "2025-01-01T00:00:00Z"')}`,
        );
        expect(status, text).to.equal(200);
        total = Number(json.totalResults);
        const { Resources: page } = json as unknown as { Resources: { id: string }[] };
        found.push(...page.map(({ id }) => id));
      }
      const wanted = await stage().room.rows<{ id: number }>(
        sql`SELECT entity_id AS id FROM {customer_entity} WHERE updated_at > ${'2025-01-01 00:00:00'} ORDER BY entity_id`,
      );
      expect(found).to.deep.equal(wanted.map(({ id }) => String(id)));
      expect(found.length).to.be.above(20);
    });

    describe('page by page', () => {
      withFrozenClocks();

      it('in as many statements for a large page as for a small one, and never by counting the rows before', async () => {
        const { api, room } = stage();
        const spent = async (query: string): Promise<readonly string[]> => {
          const counted = countStatements(room.database);
          const { status } = await api.get(query);
          counted.stop();
          expect(status).to.equal(200);
          return counted.statements.filter((text) => !/vestibule_activity/.test(text));
        };
        /** The second page, which a walk comes to. */
        const second = async (path: string): Promise<readonly string[]> => {
          const { meta } = (await api.get(path)).json;
          const { next } = (meta.pagination ?? meta.cursor_pagination).links;
          return spent(`${path.split('?')[0]}${next}`);
        };
        for (const [path, most] of [
          ['/customers?after=', 7],
          ['/customers?page=1', 9],
          ['/customers/addresses?page=1', 1],
        ] as const) {
          const small = await second(`${path}&limit=${path.includes('addresses') ? 1 : 50}`);
          const large = await second(`${path}&limit=${path.includes('addresses') ? 2 : 200}`);
          expect(large.length, `${path}\n${large.join('\n')}`).to.be.at.most(Math.min(most, small.length));
          expect(large.filter((text) => /OFFSET/i.test(text))).to.deep.equal([]);
        }
      });
    });
  });
}
