import { migration } from '../../framework/index.ts';

/**
 * What filters and sorts read of a user's document. `search` is NULL where the document can be searched as it stands, else
 * its folded copy; `settled` holds the row values that `search` was made from where they are not those of the shadow.
 * The indexes read a connection's users in the order of their display names and of their last changes.
 */
export default migration({
  async up({ knex, table, engine }) {
    const json = engine === 'mysql' ? 'mediumtext' : 'text';
    const document = table('vestibule_user_document');
    if (!(await knex.schema.hasColumn(document, 'search')))
      await knex.schema.alterTable(document, (t) => {
        t.specificType('search', json);
        t.specificType('settled', json);
      });
    const wanted = [
      [table('vestibule_user'), table('vestibule_user_display'), ['connection_id', 'display_key', 'customer_id']],
      [document, table('vestibule_user_document_modified'), ['connection_id', 'modified_at', 'customer_id']],
    ] as const;
    for (const [name, index, columns] of wanted) {
      const found =
        engine === 'mysql'
          ? await knex('information_schema.statistics')
              .whereRaw('table_schema = DATABASE()')
              .where({ table_name: name, index_name: index })
              .first()
          : await knex('sqlite_schema').where({ type: 'index', name: index }).first();
      if (!found) await knex.schema.alterTable(name, (t) => t.index([...columns], index));
    }
  },
});
