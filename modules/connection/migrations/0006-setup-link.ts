import { migration } from '../../framework/index.ts';

/** One-time links with which an identity administrator sets a connection up. Only keyed digests of secrets are stored. */
export default migration({
  async up({ knex, table }) {
    const link = table('vestibule_setup_link');
    if (await knex.schema.hasTable(link)) return;
    await knex.schema.createTable(link, (t) => {
      t.increments('link_id');
      t.integer('connection_id').unsigned().notNullable();
      t.string('public_id', 8)
        .notNullable()
        .unique({ indexName: table('vestibule_setup_link_public_id') });
      t.string('name', 255).notNullable();
      t.string('digest', 80);
      t.smallint('may_choose_provider').unsigned().notNullable();
      t.string('created_by', 255).notNullable();
      t.datetime('created_at').notNullable();
      t.datetime('expires_at').notNullable();
      t.string('mailed_to', 255);
      t.datetime('opened_at');
      t.string('session_digest', 80);
      t.datetime('last_used_at');
      t.string('last_used_address', 64);
      t.string('last_used_agent', 255);
      t.string('token_public_id', 8);
      t.datetime('ended_at');
      t.datetime('revoked_at');
      t.index(['connection_id'], table('vestibule_setup_link_connection'));
      t.foreign('connection_id', table('vestibule_setup_link_fk'))
        .references('connection_id')
        .inTable(table('vestibule_connection'))
        .onDelete('CASCADE');
    });
  },
});
