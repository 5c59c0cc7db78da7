import { migration } from '../../framework/index.ts';

/**
 * What administrators are to be told of, and for each cause when its newest mail is due: alerts bear the moment of the
 * mail that tells of them, so that each is in one mail, whichever process queues and whichever sends it.
 */
export default migration({
  async up({ knex, table }) {
    if (!(await knex.schema.hasTable(table('vestibule_alert_cause'))))
      await knex.schema.createTable(table('vestibule_alert_cause'), (t) => {
        t.string('cause', 96).notNullable().primary();
        t.bigInteger('due_ms').notNullable();
      });
    if (await knex.schema.hasTable(table('vestibule_alert'))) return;
    await knex.schema.createTable(table('vestibule_alert'), (t) => {
      t.bigIncrements('alert_id');
      t.string('cause', 96).notNullable();
      t.string('occasion', 128);
      t.bigInteger('at_ms').notNullable();
      t.bigInteger('due_ms').notNullable();
      t.text('alert').notNullable();
      t.unique(['occasion'], { indexName: table('vestibule_alert_occasion') });
      t.index(['cause', 'due_ms'], table('vestibule_alert_mail'));
      t.index(['at_ms'], table('vestibule_alert_age'));
    });
  },
});
