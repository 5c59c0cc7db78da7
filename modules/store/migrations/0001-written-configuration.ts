import { migration } from '../../framework/index.ts';

/**
 * Rows of a live Magento's configuration that this host has written: what was there before, and what it wrote last. Empty
 * where the configuration is this host's own.
 */
export default migration({
  async up({ knex, table, engine }) {
    if (await knex.schema.hasTable(table('vestibule_written_configuration'))) return;
    const long = engine === 'mysql' ? 'mediumtext' : 'text';
    await knex.schema.createTable(table('vestibule_written_configuration'), (t) => {
      t.string('scope', 8).notNullable();
      t.integer('scope_id').notNullable();
      t.string('path', 255).notNullable();
      t.boolean('was_there').notNullable();
      t.specificType('value_before', long);
      t.string('at_before', 26);
      // false: this host took the row away
      t.boolean('is_there').notNullable();
      t.specificType('value_written', long);
      t.primary(['scope', 'scope_id', 'path']);
    });
  },
});
