import { expect } from 'chai';
import { type Database, sql } from '../../modules/framework/index.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';
import { declaredRows } from './magento-facts.ts';
import { migrateStore } from './migrated-store.ts';

onBothEngines("The store's directory", (engine) => {
  let opened: OpenedDatabase;
  let database: Database;

  before(async () => {
    opened = await engine.open();
    database = opened.database;
    await migrateStore(database);
  });
  after(() => opened.dispose());

  it('has as many countries as Magento, each under its alpha-2 code', async () => {
    const rows = await database.all<{ country_id: string; iso2_code: string; iso3_code: string }>(
      sql`SELECT country_id, iso2_code, iso3_code FROM {directory_country}`,
    );
    expect(rows).to.have.length(declaredRows.directory.countries);
    expect(new Set(rows.map((row) => row.iso3_code)).size).to.equal(rows.length);
    for (const { country_id, iso2_code, iso3_code } of rows) {
      expect(country_id)
        .to.equal(iso2_code)
        .and.match(/^[A-Z]{2}$/);
      expect(iso3_code).to.match(/^[A-Z]{3}$/);
      // ICU knows a name for every one of them: the codes are real.
      expect(new Intl.DisplayNames('en', { type: 'region' }).of(country_id)).to.not.equal(country_id);
    }
    expect(rows).to.deep.include({ country_id: 'DE', iso2_code: 'DE', iso3_code: 'DEU' });
  });

  it('has the regions of 41 countries, as many as are known of Magento', async () => {
    const rows = await database.all<{ country_id: string; regions: number }>(
      sql`SELECT country_id, COUNT(*) AS regions FROM {directory_country_region} GROUP BY country_id`,
    );
    const counts = Object.fromEntries(rows.map(({ country_id, regions }) => [country_id, Number(regions)]));
    expect(Object.keys(counts)).to.have.length(41);
    const known = { US: 65, CA: 13, DE: 16, AT: 9, CH: 26, ES: 52, FR: 96, RO: 42, BR: 27, IT: 107, PL: 16, BE: 11 };
    expect(counts).to.include(known);
  });

  it('belongs to its countries, every region with a code and a name', async () => {
    const lost = await database.all(
      sql`SELECT r.region_id FROM {directory_country_region} r
        LEFT JOIN {directory_country} c ON c.country_id = r.country_id
        WHERE c.country_id IS NULL OR r.code IS NULL OR r.code = '' OR r.default_name = ''
          OR r.code <> TRIM(r.code) OR r.default_name <> TRIM(r.default_name)`,
    );
    expect(lost).to.deep.equal([]);
  });

  it("uses Magento's codes: bare, full ISO 3166-2 or its own", async () => {
    const codeOf = async (country: string, name: string) =>
      (
        await database.first<{ code: string }>(
          sql`SELECT code FROM {directory_country_region} WHERE country_id = ${country} AND default_name = ${name}`,
        )
      )?.code;
    expect(await codeOf('US', 'California')).to.equal('CA');
    expect(await codeOf('US', 'Armed Forces Pacific')).to.equal('AP');
    expect(await codeOf('CA', 'Quebec')).to.equal('QC');
    expect(await codeOf('DE', 'Niedersachsen')).to.equal('NDS');
    expect(await codeOf('CH', 'Zürich')).to.equal('ZH');
    expect(await codeOf('FR', 'Ain')).to.equal('1');
    expect(await codeOf('FR', "Val-d'Oise")).to.equal('95');
    expect(await codeOf('ES', 'Madrid')).to.equal('Madrid');
    expect(await codeOf('PL', 'mazowieckie')).to.equal('PL-14');
    expect(await codeOf('BE', 'Antwerpen')).to.equal('VAN');
    expect(await codeOf('CZ', 'Praha, Hlavní město')).to.equal('CZ-10');
  });

  it('names every region in en_US', async () => {
    const unnamed = await database.all(
      sql`SELECT r.region_id FROM {directory_country_region} r
        LEFT JOIN {directory_country_region_name} n ON n.region_id = r.region_id AND n.locale = 'en_US'
        WHERE n.name IS NULL OR n.name <> r.default_name`,
    );
    expect(unnamed).to.deep.equal([]);
  });

  it('begins with Alabama at 1, so that ids agree with a fresh Magento', async () => {
    const rows = await database.all(
      sql`SELECT region_id, country_id, code FROM {directory_country_region} WHERE region_id IN (1, 12, 66, 79, 485)
        ORDER BY region_id`,
    );
    expect(rows).to.deep.equal([
      { region_id: 1, country_id: 'US', code: 'AL' },
      { region_id: 12, country_id: 'US', code: 'CA' },
      { region_id: 66, country_id: 'CA', code: 'AB' },
      { region_id: 79, country_id: 'DE', code: 'NDS' },
      { region_id: 485, country_id: 'BR', code: 'AC' },
    ]);
  });

  it('requires a region wherever regions are known, except in four countries', async () => {
    const required = await database.first<{ value: string }>(
      sql`SELECT value FROM {core_config_data} WHERE scope = 'default' AND scope_id = 0
        AND path = 'general/region/state_required'`,
    );
    const countries = required?.value.split(',') ?? [];
    expect(countries).to.have.length(37).and.to.include.members(['US', 'CA', 'CH', 'IT']);
    expect(countries).to.not.include.members(['AT', 'DE', 'FI', 'FR']);
    expect(countries).to.deep.equal(countries.toSorted());
  });
});
