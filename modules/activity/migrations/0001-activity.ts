import { migration } from '../../framework/index.ts';

/** One row per request. The question asked most is that of one customer; a connection's newest entries are near the end. */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_activity'))) return;
    await knex.schema.createTable(table('vestibule_activity'), (t) => {
      t.bigIncrements('activity_id');
      t.datetime('occurred_at', { precision: 3 }).notNullable();
      t.string('operation', 40).notNullable();
      t.string('outcome', 12).notNullable();
      t.smallint('status').unsigned().notNullable();
      t.integer('connection_id').unsigned();
      t.integer('customer_id').unsigned();
      t.string('subject', 255);
      t.string('request_id', 64);
      t.text('details', 'mediumtext');
      t.index(['customer_id'], table('vestibule_activity_customer'));
    });
  },
});
