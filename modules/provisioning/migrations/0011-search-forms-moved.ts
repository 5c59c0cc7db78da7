import { migration } from '../../framework/index.ts';

/** When a process got on with the searchable forms of a connection's users last: a run that stands still shows by it. */
export default migration({
  async up({ knex, table }) {
    const forms = table('vestibule_search_forms');
    if (await knex.schema.hasColumn(forms, 'moved_at')) return;
    await knex.schema.alterTable(forms, (t) => {
      t.datetime('moved_at');
    });
  },
});
