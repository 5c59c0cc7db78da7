import { migration } from '../../framework/index.ts';

/** Connections and their tokens. Only a keyed digest of a token is stored. */
export default migration({
  async up({ knex, table }) {
    if (!(await knex.schema.hasTable(table('vestibule_connection'))))
      await knex.schema.createTable(table('vestibule_connection'), (t) => {
        t.increments('connection_id');
        t.string('code', 32)
          .notNullable()
          .unique({ indexName: table('vestibule_connection_code') });
        t.string('name', 255).notNullable();
        t.string('profile', 32).notNullable();
        t.smallint('website_id').unsigned().notNullable();
        t.smallint('is_active').unsigned().notNullable().defaultTo(1);
        t.string('match_policy', 16).notNullable();
        t.datetime('created_at').notNullable();
      });
    if (!(await knex.schema.hasTable(table('vestibule_connection_token'))))
      await knex.schema.createTable(table('vestibule_connection_token'), (t) => {
        t.increments('token_id');
        t.integer('connection_id').unsigned().notNullable();
        t.string('public_id', 8)
          .notNullable()
          .unique({ indexName: table('vestibule_connection_token_public_id') });
        t.string('name', 255).notNullable();
        t.string('digest', 80).notNullable();
        t.datetime('created_at').notNullable();
        t.datetime('expires_at');
        t.datetime('revoked_at');
        t.datetime('last_used_at');
        t.string('last_used_address', 64);
        t.string('last_used_agent', 255);
        t.index(['connection_id'], table('vestibule_connection_token_connection'));
        t.foreign('connection_id', table('vestibule_connection_token_fk'))
          .references('connection_id')
          .inTable(table('vestibule_connection'))
          .onDelete('CASCADE');
      });
  },
});
