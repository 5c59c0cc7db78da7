import { migration } from '../../framework/index.ts';

/**
 * What a login leaves: our own session, the one-time code for the storefront, and what an administrator's test login
 * showed. Of secrets only digests are stored; what an identity provider calls a person is encrypted, and found again by
 * a digest.
 */
export default migration({
  async up({ knex, table }) {
    if (!(await knex.schema.hasTable(table('vestibule_saml_session'))))
      await knex.schema.createTable(table('vestibule_saml_session'), (t) => {
        t.increments('session_id');
        t.string('digest', 64)
          .notNullable()
          .unique({ indexName: table('vestibule_saml_session_digest') });
        t.integer('connection_id').unsigned().notNullable();
        t.integer('customer_id').unsigned().notNullable();
        // of the NameID, and of the identity provider's own name of the session
        t.string('subject_digest', 64).notNullable();
        t.string('index_digest', 64);
        t.text('subject').notNullable();
        t.datetime('created_at').notNullable();
        t.datetime('ends_at').notNullable();
        t.string('address', 64);
        t.string('agent', 255);
        t.index(['customer_id'], table('vestibule_saml_session_customer'));
        t.index(['connection_id', 'subject_digest'], table('vestibule_saml_session_subject'));
        t.index(['ends_at'], table('vestibule_saml_session_end'));
      });
    if (!(await knex.schema.hasTable(table('vestibule_saml_code'))))
      await knex.schema.createTable(table('vestibule_saml_code'), (t) => {
        t.string('digest', 64).notNullable().primary();
        t.integer('connection_id').unsigned().notNullable();
        t.integer('customer_id').unsigned().notNullable();
        // of the address that the browser was sent to
        t.string('redirect_digest', 64).notNullable();
        t.datetime('ends_at').notNullable();
        t.index(['customer_id'], table('vestibule_saml_code_customer'));
        t.index(['ends_at'], table('vestibule_saml_code_end'));
      });
    if (!(await knex.schema.hasTable(table('vestibule_saml_test'))))
      await knex.schema.createTable(table('vestibule_saml_test'), (t) => {
        t.string('digest', 64).notNullable().primary();
        t.integer('connection_id').unsigned().notNullable();
        t.integer('administrator_id').unsigned().notNullable();
        t.datetime('created_at').notNullable();
        // 1 from the moment at which the browser was sent to the identity provider
        t.smallint('started').unsigned().notNullable().defaultTo(0);
        // encrypted: it has a whole assertion
        t.text('result', 'mediumtext');
        t.index(['created_at'], table('vestibule_saml_test_age'));
      });
  },
});
