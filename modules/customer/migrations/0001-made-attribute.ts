import { migration } from '../../framework/index.ts';

/** Custom attributes that this host has made in the store, to be told from the store's own when it leaves. */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_made_attribute'))) return;
    await knex.schema.createTable(table('vestibule_made_attribute'), (t) => {
      // No foreign key: whoever deletes an attribute must not have to know of this table.
      t.smallint('attribute_id').unsigned().notNullable().primary();
      t.string('attribute_code', 255).notNullable();
    });
  },
});
