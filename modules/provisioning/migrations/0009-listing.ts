import { migration } from '../../framework/index.ts';

/**
 * A page of users in the order of their keys reads this index and no row of the narrow table: the generation, which is part
 * of a user's id, stands in it, too.
 */
export default migration({
  async up({ knex, table, engine }) {
    const user = table('vestibule_user');
    const index = table('vestibule_user_listing');
    const columns = ['connection_id', 'is_deleted', 'customer_id', 'generation'];
    const found =
      engine === 'mysql'
        ? await knex('information_schema.statistics')
            .whereRaw('table_schema = DATABASE()')
            .where({ table_name: user, index_name: index, column_name: 'generation' })
            .first()
        : await knex('sqlite_schema').where({ type: 'index', name: index }).whereLike('sql', '%generation%').first();
    if (found) return;
    await knex.schema.alterTable(user, (t) => {
      t.dropIndex([], index);
      t.index(columns, index);
    });
  },
});
