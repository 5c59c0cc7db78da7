import { migration } from '../../framework/index.ts';

/** What the groups of a connection mean to the store. */
export default migration({
  async up({ knex, table }) {
    const connection = table('vestibule_connection');
    if (!(await knex.schema.hasColumn(connection, 'groups_policy')))
      await knex.schema.alterTable(connection, (t) => {
        t.string('groups_policy', 16).notNullable().defaultTo('create');
      });
  },
});
