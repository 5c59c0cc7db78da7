import { migration } from '../../framework/index.ts';

/**
 * Runs that bring the customers of a connection to the mapping in effect. A run remembers how far it came in the very
 * transactions that change customers, so that one that was killed is gone on with where it stopped.
 */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_mapping_run'))) return;
    await knex.schema.createTable(table('vestibule_mapping_run'), (t) => {
      t.increments('run_id');
      t.integer('connection_id').unsigned().notNullable();
      t.integer('version').unsigned().notNullable();
      t.string('state', 10).notNullable();
      t.string('actor', 100).notNullable();
      t.integer('last_customer_id').unsigned().notNullable().defaultTo(0);
      t.integer('total').unsigned().notNullable();
      t.integer('changed').unsigned().notNullable().defaultTo(0);
      t.integer('same').unsigned().notNullable().defaultTo(0);
      t.integer('failed').unsigned().notNullable().defaultTo(0);
      t.datetime('started_at').notNullable();
      t.datetime('ended_at');
      t.index(['connection_id', 'run_id'], table('vestibule_mapping_run_connection'));
      t.foreign('connection_id', table('vestibule_mapping_run_connection_fk'))
        .references('connection_id')
        .inTable(table('vestibule_connection'))
        .onDelete('CASCADE');
    });
  },
});
