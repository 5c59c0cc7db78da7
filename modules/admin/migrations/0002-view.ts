import { migration } from '../../framework/index.ts';

/** Filters, order and columns of grids that administrators have kept; under no name, how a grid opens for them. */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_admin_view'))) return;
    await knex.schema.createTable(table('vestibule_admin_view'), (t) => {
      t.increments('view_id');
      t.integer('user_id').unsigned().notNullable();
      t.string('grid', 120).notNullable();
      t.string('name', 60).notNullable();
      t.text('query').notNullable();
      t.unique(['user_id', 'grid', 'name'], { indexName: table('vestibule_admin_view_name') });
    });
  },
});
