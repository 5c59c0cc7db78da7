import { migration } from '../../framework/index.ts';

/**
 * Who manages which customer, at most one connection each. Keys are folded or exact texts in binary columns, so that both engines compare them byte
 * by byte. The user row is narrow and carries the look-ups; what the identity provider sent stands in a table of its
 * own, so that the optimiser never prefers the fat one. A tombstone keeps its externalId and gives its userName free.
 */
export default migration({
  async up({ knex, table, engine }) {
    const key = engine === 'mysql' ? 'varbinary(1020)' : 'text';
    const customer = table('customer_entity');
    if (!(await knex.schema.hasTable(table('vestibule_user'))))
      await knex.schema.createTable(table('vestibule_user'), (t) => {
        t.integer('customer_id').unsigned().notNullable().primary();
        t.integer('connection_id').unsigned().notNullable();
        t.smallint('generation').unsigned().notNullable().defaultTo(0);
        t.smallint('is_deleted').unsigned().notNullable().defaultTo(0);
        t.specificType('user_name_key', key);
        t.specificType('external_id', key);
        t.specificType('display_key', key);
        t.datetime('lock_before');
        t.datetime('deleted_at');
        t.unique(['connection_id', 'user_name_key'], { indexName: table('vestibule_user_name') });
        t.unique(['connection_id', 'external_id'], { indexName: table('vestibule_user_external') });
        t.index(['connection_id', 'is_deleted', 'customer_id'], table('vestibule_user_listing'));
        t.foreign('customer_id', table('vestibule_user_customer_fk'))
          .references('entity_id')
          .inTable(customer)
          .onDelete('CASCADE');
      });
    if (!(await knex.schema.hasTable(table('vestibule_user_email'))))
      await knex.schema.createTable(table('vestibule_user_email'), (t) => {
        t.integer('customer_id').unsigned().notNullable();
        t.smallint('position').unsigned().notNullable();
        t.integer('connection_id').unsigned().notNullable();
        t.specificType('value_key', key).notNullable();
        t.specificType('type_key', engine === 'mysql' ? 'varbinary(255)' : 'text');
        t.smallint('is_primary').unsigned().notNullable().defaultTo(0);
        t.primary(['customer_id', 'position']);
        t.index(['connection_id', 'value_key'], table('vestibule_user_email_value'));
        t.foreign('customer_id', table('vestibule_user_email_fk'))
          .references('entity_id')
          .inTable(customer)
          .onDelete('CASCADE');
      });
    if (!(await knex.schema.hasTable(table('vestibule_user_document'))))
      await knex.schema.createTable(table('vestibule_user_document'), (t) => {
        t.integer('customer_id').unsigned().notNullable().primary();
        t.integer('connection_id').unsigned().notNullable();
        t.datetime('modified_at', { precision: 3 }).notNullable();
        t.specificType('document', engine === 'mysql' ? 'mediumtext' : 'text').notNullable();
        t.specificType('shadow', engine === 'mysql' ? 'mediumtext' : 'text').notNullable();
        t.foreign('customer_id', table('vestibule_user_document_fk'))
          .references('entity_id')
          .inTable(customer)
          .onDelete('CASCADE');
      });
  },
});
