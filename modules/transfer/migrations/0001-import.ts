import { migration } from '../../framework/index.ts';

/**
 * How far an import has come: written in the transaction of each batch, so that what is started again knows what was
 * committed. The key is a digest of the file's content and of what the import was asked to do.
 */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_import'))) return;
    await knex.schema.createTable(table('vestibule_import'), (t) => {
      t.specificType('import_key', 'char(64)').notNullable().primary();
      // Whoever works on it; another run takes it over by writing its own.
      t.specificType('run', 'char(36)').notNullable();
      t.string('name', 255).notNullable();
      t.boolean('is_done').notNullable();
      // The number of the last record that was committed.
      t.bigInteger('record').notNullable();
      t.bigInteger('created').notNullable();
      t.bigInteger('updated').notNullable();
      t.bigInteger('unchanged').notNullable();
      t.bigInteger('skipped').notNullable();
      t.bigInteger('failed').notNullable();
      // How long the file of errors was at that commit.
      t.bigInteger('errors_bytes').notNullable();
      t.bigInteger('started_ms').notNullable();
      t.bigInteger('updated_ms').notNullable();
    });
  },
});
