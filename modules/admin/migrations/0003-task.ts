import { migration } from '../../framework/index.ts';

/** Work that takes longer than a page: how far it has come, and what came of it. One row for each kind and subject. */
export default migration({
  async up({ knex, table, engine }) {
    if (await knex.schema.hasTable(table('vestibule_admin_task'))) return;
    await knex.schema.createTable(table('vestibule_admin_task'), (t) => {
      t.increments('task_id');
      t.string('kind', 60).notNullable();
      t.string('subject', 120).notNullable();
      t.string('started_by', 40).notNullable();
      // running, done, failed
      t.string('state', 8).notNullable();
      t.integer('done').unsigned().notNullable().defaultTo(0);
      t.integer('total').unsigned().notNullable().defaultTo(0);
      t.datetime('started_at').notNullable();
      t.datetime('beat_at').notNullable();
      // told apart from the run before it, should that still be at work
      t.string('run', 36).notNullable();
      t.specificType('result', engine === 'mysql' ? 'mediumtext' : 'text');
      t.unique(['kind', 'subject'], { indexName: table('vestibule_admin_task_subject') });
    });
  },
});
