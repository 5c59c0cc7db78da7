import { migration } from '../../framework/index.ts';

/** Customers and customer groups that no connection may touch. */
export default migration({
  async up({ knex, table }) {
    if (!(await knex.schema.hasTable(table('vestibule_protected_customer'))))
      await knex.schema.createTable(table('vestibule_protected_customer'), (t) => {
        t.integer('customer_id').unsigned().notNullable().primary();
        t.datetime('protected_at').notNullable();
        t.string('protected_by', 255).notNullable();
        t.foreign('customer_id', table('vestibule_protected_customer_fk'))
          .references('entity_id')
          .inTable(table('customer_entity'))
          .onDelete('CASCADE');
      });
    if (!(await knex.schema.hasTable(table('vestibule_protected_group'))))
      await knex.schema.createTable(table('vestibule_protected_group'), (t) => {
        t.integer('customer_group_id').unsigned().notNullable().primary();
        t.datetime('protected_at').notNullable();
        t.string('protected_by', 255).notNullable();
      });
  },
});
