import { migration } from '../../framework/index.ts';

/** How many requests of a connection all server processes have let in so far: what each adds, the others wait for. */
export default migration({
  async up({ knex, table }) {
    const use = table('vestibule_connection_use');
    if (await knex.schema.hasTable(use)) return;
    await knex.schema.createTable(use, (t) => {
      t.integer('connection_id').unsigned().notNullable().primary();
      t.bigInteger('requests').notNullable();
    });
  },
});
