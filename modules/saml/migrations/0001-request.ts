import { migration } from '../../framework/index.ts';

/** Requests that wait for their answer, and messages that have come: both keep for minutes. */
export default migration({
  async up({ knex, table }) {
    if (!(await knex.schema.hasTable(table('vestibule_saml_request'))))
      await knex.schema.createTable(table('vestibule_saml_request'), (t) => {
        t.string('request_id', 64).notNullable().primary();
        t.integer('connection_id').unsigned().notNullable();
        t.string('kind', 8).notNullable();
        t.text('return_to');
        t.string('browser', 64).notNullable();
        t.datetime('created_at', { precision: 3 }).notNullable();
        t.datetime('expires_at', { precision: 3 }).notNullable();
        t.index(['expires_at'], table('vestibule_saml_request_expiry'));
      });
    if (!(await knex.schema.hasTable(table('vestibule_saml_sighting'))))
      await knex.schema.createTable(table('vestibule_saml_sighting'), (t) => {
        t.integer('connection_id').unsigned().notNullable();
        // SHA-256 in hex: equal in no other spelling, whatever the collation.
        t.string('message_digest', 64).notNullable();
        t.datetime('expires_at', { precision: 3 }).notNullable();
        t.primary(['connection_id', 'message_digest']);
        t.index(['expires_at'], table('vestibule_saml_sighting_expiry'));
      });
  },
});
