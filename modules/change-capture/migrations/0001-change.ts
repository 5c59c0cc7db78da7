import { migration, sql } from '../../framework/index.ts';

/**
 * Changes between the commit that made them and the transaction that hands them on: rows come and go, so nothing but the
 * key is indexed. Triggers write here on behalf of everybody who writes customers, so no row is ever refused: no unique
 * key, no foreign key.
 */
export default migration({
  async up({ knex, table, run, dialect }) {
    if (!(await knex.schema.hasTable(table('vestibule_change'))))
      await knex.schema.createTable(table('vestibule_change'), (t) => {
        t.bigIncrements('change_id');
        t.string('kind', 16).notNullable();
        // Unknown to triggers of an address's values: the pump finds whose address it is.
        t.integer('customer_id').unsigned();
        t.smallint('website_id').unsigned();
        t.integer('address_id').unsigned();
        // What an update was about: 1 profile, 2 group, 4 password.
        t.smallint('aspects').unsigned().notNullable().defaultTo(0);
        t.smallint('own').unsigned().notNullable().defaultTo(0);
        t.string('cause', 64);
        t.bigInteger('at_ms').notNullable();
      });
    // One row: held by the process that hands changes on, and since when that has failed.
    if (!(await knex.schema.hasTable(table('vestibule_change_pump'))))
      await knex.schema.createTable(table('vestibule_change_pump'), (t) => {
        t.smallint('pump_id').unsigned().notNullable().primary();
        t.bigInteger('failing_since_ms');
        t.string('failure', 500);
      });
    await run(sql`${dialect.insertIgnoreInto} {vestibule_change_pump} (pump_id) VALUES (1)`);
  },
});
