import { migration } from '../../framework/index.ts';

/**
 * Runs that compare store and documents, and the findings of the last one that came to its end. A finding goes once it is
 * cured: the record of activities tells of it from then on.
 */
export default migration({
  async up({ knex, table, engine }) {
    if (!(await knex.schema.hasTable(table('vestibule_reconciliation_run'))))
      await knex.schema.createTable(table('vestibule_reconciliation_run'), (t) => {
        t.increments('run_id');
        t.string('started_by', 100).notNullable();
        t.string('state', 10).notNullable();
        // 1 while it runs, else NULL: one at a time, whoever asks.
        t.smallint('is_running').unsigned();
        t.string('claimed_by', 36).notNullable();
        t.integer('done').unsigned().notNullable().defaultTo(0);
        t.integer('total').unsigned().notNullable().defaultTo(0);
        t.integer('found').unsigned().notNullable().defaultTo(0);
        t.bigInteger('started_ms').notNullable();
        t.bigInteger('beat_ms').notNullable();
        t.bigInteger('ended_ms');
        t.string('failure', 500);
        t.unique(['is_running'], { indexName: table('vestibule_reconciliation_run_running') });
      });
    if (!(await knex.schema.hasTable(table('vestibule_reconciliation_finding'))))
      await knex.schema.createTable(table('vestibule_reconciliation_finding'), (t) => {
        t.increments('finding_id');
        t.integer('run_id').unsigned().notNullable();
        t.string('kind', 32).notNullable();
        t.integer('connection_id').unsigned();
        t.integer('customer_id').unsigned();
        t.integer('group_id').unsigned();
        t.string('attribute', 255);
        // Subject, values and cures, as JSON.
        t.specificType('detail', engine === 'mysql' ? 'mediumtext' : 'text').notNullable();
        t.index(['run_id', 'kind', 'finding_id'], table('vestibule_reconciliation_finding_kind'));
        t.index(['run_id', 'connection_id', 'kind'], table('vestibule_reconciliation_finding_of'));
        t.index(['run_id', 'finding_id'], table('vestibule_reconciliation_finding_run'));
        t.index(['customer_id'], table('vestibule_reconciliation_finding_customer'));
      });
    // Small, so that pages count nothing.
    if (!(await knex.schema.hasTable(table('vestibule_reconciliation_count'))))
      await knex.schema.createTable(table('vestibule_reconciliation_count'), (t) => {
        t.integer('run_id').unsigned().notNullable();
        t.string('kind', 32).notNullable();
        t.integer('found_count').unsigned().notNullable();
        // Kept and not cured yet.
        t.integer('open_count').unsigned().notNullable();
        t.primary(['run_id', 'kind']);
      });
  },
});
