import { AsyncResource } from 'node:async_hooks';
import { type Database, type Executor, sql } from '../framework/index.ts';
import type { Region, Regions } from './region.ts';

interface RegionRow {
  region_id: number;
  country_id: string;
  code: string | null;
  default_name: string | null;
  name: string | null;
}

/** One country's regions: every way to say one leads to it. */
interface CountryRegions {
  readonly byId: Map<number, Region>;
  readonly byWord: Map<string, Region>;
}
type Directory = ReadonlyMap<string, CountryRegions>;

const freshFor = 300_000;

/** Accents stay: regions of one country may differ by no more. */
const fold = (text: string): string => text.trim().normalize('NFKC').toLowerCase();

async function readDirectory(db: Executor): Promise<Directory> {
  const rows = await db.all<RegionRow>(sql`SELECT r.region_id, r.country_id, r.code, r.default_name, n.name
    FROM {directory_country_region} r LEFT JOIN {directory_country_region_name} n ON n.region_id = r.region_id
    ORDER BY r.region_id`);
  const directory = new Map<string, CountryRegions>();
  // A word may mean two regions: the surer way of saying it wins, so all codes go before all names.
  for (const wordOf of ways) {
    for (const row of rows) {
      const country = directory.get(row.country_id) ?? { byId: new Map(), byWord: new Map() };
      directory.set(row.country_id, country);
      let region = country.byId.get(row.region_id);
      if (region === undefined) {
        region = { region: row.default_name ?? row.name, regionId: row.region_id };
        country.byId.set(row.region_id, region);
      }
      const word = fold(wordOf(row) ?? '');
      if (word !== '' && !country.byWord.has(word)) country.byWord.set(word, region);
    }
  }
  return directory;
}

/** Codes are not uniform: `CA` in the US, `PL-02` with its country in Poland, `BAY` of Magento's own in Germany. */
const ways: readonly ((row: RegionRow) => string | null | undefined)[] = [
  (row) => row.code,
  (row) => (row.code?.startsWith(`${row.country_id}-`) ? row.code.slice(row.country_id.length + 1) : null),
  (row) => (row.code === null ? null : `${row.country_id}-${row.code}`),
  (row) => row.default_name,
  (row) => row.name,
];

/** Reads regions from the store's directory tables, which hold them for about 45 countries. */
export function makeRegions(database: Database): Regions {
  let known: Directory | undefined;
  let readAt = 0;
  let reading: Promise<void> | undefined;
  const read = async (db: Executor): Promise<Directory> => {
    known = await readDirectory(db);
    readAt = Date.now();
    return known;
  };
  // Bound at boot, so that a re-read started from within a transaction does not count as part of it.
  const readOutside = AsyncResource.bind(async () => void (await read(database)));
  const directory = async (db: Executor): Promise<Directory> => {
    if (known === undefined) return read(db);
    if (Date.now() - readAt >= freshFor && reading === undefined) {
      // The old directory serves until there is a new one; a failure is met again, and reported, by the next reader.
      reading = readOutside()
        .catch(() => {})
        .finally(() => {
          reading = undefined;
        });
    }
    return known;
  };
  const regionsOf = async (countryId: string, db: Executor | undefined): Promise<CountryRegions | undefined> =>
    (await directory(db ?? database)).get(countryId.trim().toUpperCase());

  return {
    resolve: async (countryId, text, db) => {
      if (text === null || text.trim() === '') return { region: null, regionId: null };
      return (await regionsOf(countryId, db))?.byWord.get(fold(text)) ?? { region: text, regionId: null };
    },
    byId: async (countryId, id, db) => (await regionsOf(countryId, db))?.byId.get(id),
  };
}
