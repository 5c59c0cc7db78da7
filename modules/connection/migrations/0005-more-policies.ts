import { migration } from '../../framework/index.ts';

/** Policies beyond switches: how customers are matched, seen, deactivated and deleted, who is in scope, the guard. */
export default migration({
  async up({ knex, table }) {
    const connection = table('vestibule_connection');
    if (!(await knex.schema.hasColumn(connection, 'policies')))
      await knex.schema.alterTable(connection, (t) => {
        t.text('policies');
      });
  },
});
