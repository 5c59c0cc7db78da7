import { expect } from 'chai';
import { compareCodePoints, fold, type Resource, wants } from '../../../modules/scim/index.ts';
import { type MemoryServer, startMemoryServer } from './memory-server.ts';

const users = 340;
const groups = 120;
const moment = (second: number): string => new Date(1_767_225_600_000 + second * 1000).toISOString();

/** Names that meet across types, in upper and lower case, and some without one. */
const nameOf = (n: number): string | undefined => (n % 11 === 0 ? undefined : `${n % 2 ? 'N' : 'n'}${(n * 7) % 60}`);

describe('POST /.search over all types, sorted (RFC 7644 §3.4.3)', () => {
  let server: MemoryServer;
  let everybody: Resource[];
  before(async () => {
    server = await startMemoryServer({ options: { limits: { maxCount: 100, defaultCount: 50 } } });
    const made = (type: 'User' | 'Group', n: number): Resource => {
      const meta = { resourceType: type, created: moment(n % 40), lastModified: moment(n) };
      const name = nameOf(n);
      const own =
        type === 'User'
          ? { userName: `user${n}`, ...(name === undefined ? {} : { displayName: name }) }
          : { displayName: name ?? 'nameless', ...(n % 3 ? { externalId: `X${n % 10}` } : {}) };
      return { id: `${type === 'User' ? 'u' : 'g'}${n}`, ...own, meta };
    };
    for (let n = 1; n <= users; n++) server.users.resources.set(`u${n}`, made('User', n));
    for (let n = 1; n <= groups; n++) server.groups.resources.set(`g${n}`, made('Group', n));
    everybody = [...server.users.resources.values(), ...server.groups.resources.values()];
  });
  after(() => server.close());

  const search = async (body: object): Promise<Resource> => {
    const { status, json } = await server.send('POST', '/.search', { body });
    expect(status, JSON.stringify(json).slice(0, 300)).to.equal(200);
    return json;
  };
  const ids = (page: Resource): unknown[] => (page.Resources as Resource[]).map(({ id }) => id);

  /** Everybody in order: missing values last, or first when descending; equal ones users first, then as they were made. */
  function inOrder(sortsBy: (one: Resource) => string | undefined, descending: boolean): unknown[] {
    const turn = descending ? -1 : 1;
    const order = (a: Resource, b: Resource): number => {
      const [left, right] = [sortsBy(a), sortsBy(b)];
      if (left === undefined || right === undefined)
        return turn * (Number(left === undefined) - Number(right === undefined));
      return turn * compareCodePoints(left, right);
    };
    return everybody.toSorted(order).map(({ id }) => id);
  }
  const folded = (value: unknown): string | undefined => (typeof value === 'string' ? fold(value) : undefined);
  const exact = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const orders: Readonly<Record<string, (one: Resource) => string | undefined>> = {
    displayName: ({ displayName }) => folded(displayName),
    userName: ({ userName }) => folded(userName),
    externalId: ({ externalId }) => exact(externalId),
    'meta.created': ({ meta }) => exact((meta as Resource).created),
  };

  for (const [sortBy, sortsBy] of Object.entries(orders))
    for (const sortOrder of ['ascending', 'descending']) {
      it(`by ${sortBy}, ${sortOrder}: pages by index from anywhere, with the total of all`, async () => {
        const all = inOrder(sortsBy, sortOrder === 'descending');
        for (const startIndex of [1, 2, 90, 201, 202, 203, 330, 400, 455, 460, 461, 9000]) {
          const page = await search({ sortBy, sortOrder, startIndex, count: 7 });
          expect(ids(page), `from ${startIndex}`).to.deep.equal(all.slice(startIndex - 1, startIndex + 6));
          expect(page).to.include({ totalResults: users + groups, startIndex });
        }
        expect(await search({ sortBy, sortOrder, count: 0 })).to.include({ totalResults: users + groups });
      });

      it(`by ${sortBy}, ${sortOrder}: pages by cursor, each once`, async () => {
        const walked: unknown[] = [];
        for (let cursor: unknown = ''; cursor !== undefined; ) {
          const page = await search({ sortBy, sortOrder, cursor, count: 41 });
          expect(page).to.include({ totalResults: users + groups });
          walked.push(...ids(page));
          cursor = page.nextCursor;
        }
        expect(walked).to.deep.equal(inOrder(sortsBy, sortOrder === 'descending'));
      });
    }

  it('by id: as each type has it, type after type, and turned round when descending', async () => {
    const [up, down] = ['ascending', 'descending'].map((sortOrder) => search({ sortBy: 'id', sortOrder, count: 2 }));
    expect(ids(await (up as Promise<Resource>))[0]).to.match(/^u/);
    expect(ids(await (down as Promise<Resource>))[0]).to.match(/^g/);
    const page = await search({ sortBy: 'id', startIndex: users, count: 2 });
    expect(ids(page).map((id) => String(id)[0])).to.deep.equal(['u', 'g']);
  });

  it('by what is not shown, and with a filter', async () => {
    const { list } = server.users;
    const reads: boolean[] = [];
    server.users.list = function (context, query) {
      reads.push(wants(context.projection, this.type, 'displayName'));
      return list.call(this, context, query);
    };
    const filter = 'displayName sw "n1" or displayName eq "nameless"';
    const page = await search({ sortBy: 'displayName', filter, attributes: ['id'], count: 100 });
    server.users.list = list;
    expect(reads).to.deep.equal([true]);
    const fitting = everybody.filter(({ displayName }) => /^(n1|nameless$)/i.test(String(displayName)));
    const wanted = inOrder(({ displayName }) => folded(displayName), false);
    expect(ids(page)).to.deep.equal(wanted.filter((id) => fitting.some((one) => one.id === id)));
    expect((page.Resources as Resource[])[0]).to.deep.equal({
      id: wanted.find((id) => fitting.some((one) => one.id === id)),
    });
  });

  it('by cursor loses nobody who stays, whoever goes between two pages', async () => {
    const walked: unknown[] = [];
    const gone = new Set<unknown>();
    for (let cursor: unknown = ''; cursor !== undefined; ) {
      const page = await search({ sortBy: 'displayName', cursor, count: 30 });
      walked.push(...ids(page));
      cursor = page.nextCursor;
      // The last one of the page, behind which the next begins, and one far ahead.
      for (const id of [walked.at(-1), everybody[(walked.length * 3) % everybody.length]?.id]) {
        const handler = String(id).startsWith('u') ? server.users : server.groups;
        if (handler.resources.delete(String(id))) gone.add(id);
      }
    }
    const stayed = inOrder(({ displayName }) => folded(displayName), false).filter((id) => !gone.has(id));
    expect(walked.filter((id) => !gone.has(id))).to.deep.equal(stayed);
    expect(new Set(walked).size).to.equal(walked.length);
  });

  it('refuses what no type can be sorted by, and the cursor of another search', async () => {
    const refused = async (body: object) => (await server.send('POST', '/.search', { body })).json.scimType;
    expect(await refused({ sortBy: 'nope' })).to.equal('invalidValue');
    for (const cursor of ['x', '0.x', '0.~0.', '7.', '0.~7.', '~'])
      expect(await refused({ sortBy: 'displayName', cursor }), cursor).to.equal('invalidCursor');
  });
});
