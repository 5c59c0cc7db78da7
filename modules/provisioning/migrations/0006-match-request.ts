import { migration } from '../../framework/index.ts';

/**
 * Who wanted to take over which customer that nobody manages, and what an administrator said. One row for a customer and
 * a userName; it goes once the customer is taken over.
 */
export default migration({
  async up({ knex, table, engine }) {
    if (await knex.schema.hasTable(table('vestibule_match_request'))) return;
    await knex.schema.createTable(table('vestibule_match_request'), (t) => {
      t.increments('request_id');
      t.integer('connection_id').unsigned().notNullable();
      t.integer('customer_id').unsigned().notNullable();
      t.specificType('user_name_key', engine === 'mysql' ? 'varbinary(1020)' : 'text').notNullable();
      t.string('user_name', 255).notNullable();
      // What the two have in common: id, or the target of a mapping row.
      t.string('matched_by', 255).notNullable();
      t.string('state', 16).notNullable();
      t.datetime('first_at').notNullable();
      t.datetime('last_at').notNullable();
      t.integer('times').unsigned().notNullable().defaultTo(1);
      t.datetime('decided_at');
      t.string('decided_by', 255);
      t.unique(['connection_id', 'customer_id', 'user_name_key'], { indexName: table('vestibule_match_request_of') });
      t.index(['customer_id'], table('vestibule_match_request_customer'));
      t.foreign('connection_id', table('vestibule_match_request_connection_fk'))
        .references('connection_id')
        .inTable(table('vestibule_connection'))
        .onDelete('CASCADE');
      t.foreign('customer_id', table('vestibule_match_request_customer_fk'))
        .references('entity_id')
        .inTable(table('customer_entity'))
        .onDelete('CASCADE');
    });
  },
});
