import { migration } from '../../framework/index.ts';

/**
 * Files that administrators have given for import, with what came of them, for a day. Both are encrypted: they hold
 * customers, and whoever reads a backup of this database has no use for a second copy.
 */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_import_upload'))) return;
    await knex.schema.createTable(table('vestibule_import_upload'), (t) => {
      t.increments('upload_id');
      t.string('made_by', 40).notNullable();
      t.string('only_kind', 10);
      t.integer('website_id').unsigned();
      t.boolean('is_managed').notNullable();
      t.text('content', 'mediumtext').notNullable();
      t.text('outcome', 'mediumtext');
      t.bigInteger('created_ms').notNullable();
    });
  },
});
