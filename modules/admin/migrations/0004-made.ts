import { migration } from '../../framework/index.ts';

/** Administrators and roles that were made here, to be told from the store's own when this host leaves a live Magento. */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_admin_made'))) return;
    await knex.schema.createTable(table('vestibule_admin_made'), (t) => {
      // user, role
      t.string('kind', 8).notNullable();
      t.integer('made_id').unsigned().notNullable();
      t.primary(['kind', 'made_id']);
    });
  },
});
