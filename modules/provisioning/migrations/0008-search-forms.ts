import { migration } from '../../framework/index.ts';

/**
 * How far the searchable forms of a connection's users have come to what its mapping says: by which mapping (`mark`), up
 * to which customer, and which process is at it.
 */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_search_forms'))) return;
    await knex.schema.createTable(table('vestibule_search_forms'), (t) => {
      t.integer('connection_id').unsigned().notNullable().primary();
      t.integer('version').unsigned().notNullable().defaultTo(0);
      t.string('mark', 16).notNullable().defaultTo('');
      t.integer('last_customer_id').unsigned().notNullable().defaultTo(0);
      t.integer('total').unsigned().notNullable().defaultTo(0);
      t.integer('done').unsigned().notNullable().defaultTo(0);
      t.integer('differed').unsigned().notNullable().defaultTo(0);
      t.datetime('started_at');
      t.datetime('ended_at');
      t.string('claimed_by', 36);
      t.datetime('claimed_until', { precision: 3 });
      t.foreign('connection_id', table('vestibule_search_forms_connection_fk'))
        .references('connection_id')
        .inTable(table('vestibule_connection'))
        .onDelete('CASCADE');
    });
  },
});
