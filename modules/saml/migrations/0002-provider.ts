import { migration } from '../../framework/index.ts';

/** Connections as service providers: settings, the identity provider's certificates, our keys. */
export default migration({
  async up({ knex, table }) {
    const connection = table('vestibule_connection');
    if (!(await knex.schema.hasTable(table('vestibule_saml_provider'))))
      await knex.schema.createTable(table('vestibule_saml_provider'), (t) => {
        t.integer('connection_id').unsigned().notNullable().primary();
        t.smallint('is_on').unsigned().notNullable().defaultTo(0);
        t.text('settings');
        t.text('idp');
        t.text('offered');
        t.string('metadata_url', 2048);
        t.text('metadata_certificate');
        t.datetime('metadata_read_at');
        t.datetime('metadata_tried_at');
        t.string('metadata_problem', 1000);
        t.foreign('connection_id', table('vestibule_saml_provider_fk'))
          .references('connection_id')
          .inTable(connection)
          .onDelete('CASCADE');
      });
    if (!(await knex.schema.hasTable(table('vestibule_saml_certificate'))))
      await knex.schema.createTable(table('vestibule_saml_certificate'), (t) => {
        t.increments('certificate_id');
        t.integer('connection_id').unsigned().notNullable();
        t.string('fingerprint', 64).notNullable();
        t.string('state', 16).notNullable();
        t.text('pem').notNullable();
        t.string('subject', 255).notNullable();
        t.datetime('not_before').notNullable();
        t.datetime('not_after').notNullable();
        t.datetime('added_at').notNullable();
        t.datetime('missing_since');
        t.smallint('warned_days').unsigned();
        t.unique(['connection_id', 'fingerprint'], { indexName: table('vestibule_saml_certificate_fingerprint') });
        t.foreign('connection_id', table('vestibule_saml_certificate_fk'))
          .references('connection_id')
          .inTable(connection)
          .onDelete('CASCADE');
      });
    if (!(await knex.schema.hasTable(table('vestibule_saml_key'))))
      await knex.schema.createTable(table('vestibule_saml_key'), (t) => {
        t.increments('key_id');
        t.integer('connection_id').unsigned().notNullable();
        t.string('state', 16).notNullable();
        t.text('private_key').notNullable();
        t.text('certificate').notNullable();
        t.string('fingerprint', 64).notNullable();
        t.datetime('not_after').notNullable();
        t.datetime('created_at').notNullable();
        t.smallint('warned_days').unsigned();
        // One key in each state: of two administrators who start a rollover, one is told that it is under way.
        t.unique(['connection_id', 'state'], { indexName: table('vestibule_saml_key_state') });
        t.foreign('connection_id', table('vestibule_saml_key_fk'))
          .references('connection_id')
          .inTable(connection)
          .onDelete('CASCADE');
      });
  },
});
