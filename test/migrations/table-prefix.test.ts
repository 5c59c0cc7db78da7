import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { type OpenedDatabase, onBothEngines } from '../setup/databases.ts';
import { declaredTables } from './magento-facts.ts';
import { migrateStore, openPrefixed, tablesOf } from './migrated-store.ts';

const names = Object.keys(declaredTables);

onBothEngines("The store's tables under a prefix", (engine) => {
  let opened: OpenedDatabase;
  before(async () => {
    opened = await engine.open({ file: true });
  });
  after(() => opened.dispose());

  it('stand beside those without one, names of keys included', async () => {
    await migrateStore(opened.database);
    const prefixed = await openPrefixed(opened, 'shop_');
    try {
      await migrateStore(prefixed);
      const tables = await tablesOf(prefixed);
      expect(tables).to.include.members(names.map((name) => `shop_${name}`));
    } finally {
      await prefixed.close();
    }
  });

  it('refer only to each other', async () => {
    const prefixed = await openPrefixed(opened, 'other_');
    try {
      await migrateStore(prefixed);
      const targets =
        engine.name === 'mysql'
          ? await prefixed.all<{ target: string }>(
              sql`SELECT DISTINCT referenced_table_name AS target FROM information_schema.referential_constraints
                WHERE constraint_schema = DATABASE() AND table_name LIKE 'other\\_%'`,
            )
          : await prefixed.all<{ target: string }>(
              sql`SELECT DISTINCT f."table" AS target FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
                WHERE m.type = 'table' AND m.name LIKE 'other\\_%' ESCAPE '\\'`,
            );
      expect(targets).to.not.be.empty;
      for (const { target } of targets) expect(target).to.match(/^other_/);
      const groups = await prefixed.first(sql`SELECT COUNT(*) AS n FROM {customer_group}`);
      expect(Number(groups?.n)).to.equal(4);
    } finally {
      await prefixed.close();
    }
  });
});
