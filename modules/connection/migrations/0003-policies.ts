import { migration } from '../../framework/index.ts';

const switches = ['scim_enabled', 'new_customers', 'may_create', 'may_update', 'may_delete', 'may_deactivate'];

/** What a connection may do, where it may come from and how fast. */
export default migration({
  async up({ knex, table }) {
    const connection = table('vestibule_connection');
    for (const name of switches)
      if (!(await knex.schema.hasColumn(connection, name)))
        await knex.schema.alterTable(connection, (t) => {
          t.smallint(name).unsigned().notNullable().defaultTo(1);
        });
    if (!(await knex.schema.hasColumn(connection, 'allowed_addresses')))
      await knex.schema.alterTable(connection, (t) => {
        t.text('allowed_addresses');
      });
    if (!(await knex.schema.hasColumn(connection, 'requests_per_second')))
      await knex.schema.alterTable(connection, (t) => {
        t.integer('requests_per_second').unsigned();
      });
  },
});
