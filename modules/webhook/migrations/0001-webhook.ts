import { migration } from '../../framework/index.ts';

/**
 * Subscriptions. Values of headers and secrets are encrypted; names of headers are not. What delivery writes at every
 * failure (`failures`, `failing_since_ms` …) stands here, because whoever lists subscriptions shows it.
 */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_webhook'))) return;
    await knex.schema.createTable(table('vestibule_webhook'), (t) => {
      t.increments('webhook_id');
      t.integer('connection_id').unsigned();
      t.smallint('website_id').unsigned();
      t.string('name', 255).notNullable();
      t.string('scope', 128).notNullable();
      t.string('destination', 2048).notNullable();
      t.smallint('fills_placeholders').unsigned().notNullable().defaultTo(0);
      t.text('headers').notNullable();
      t.string('payload', 8).notNullable();
      t.smallint('is_active').unsigned().notNullable().defaultTo(1);
      t.string('disabled_because', 500);
      t.integer('failures').unsigned().notNullable().defaultTo(0);
      t.bigInteger('failing_since_ms');
      t.bigInteger('failed_ms');
      t.bigInteger('paused_until_ms');
      t.string('secret', 255).notNullable();
      t.string('old_secret', 255);
      t.bigInteger('old_secret_until_ms');
      t.bigInteger('created_ms').notNullable();
      t.bigInteger('updated_ms').notNullable();
      t.index(['connection_id'], table('vestibule_webhook_connection'));
      t.index(['is_active', 'scope'], table('vestibule_webhook_scope'));
      t.foreign('connection_id', table('vestibule_webhook_fk'))
        .references('connection_id')
        .inTable(table('vestibule_connection'))
        .onDelete('CASCADE');
    });
  },
});
