import { migration } from '../../framework/index.ts';

/** When a customer's link was opened at this host's page: Magento notes that of its own page in the token's time. */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_password_page'))) return;
    await knex.schema.createTable(table('vestibule_password_page'), (t) => {
      t.integer('customer_id').unsigned().notNullable().primary();
      t.bigInteger('opened_ms').notNullable();
    });
  },
});
