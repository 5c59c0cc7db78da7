import { migration } from '../../framework/index.ts';

/**
 * Who signs in as which user. The identifier is found by its digest, because NameIDs are compared byte by byte and are too
 * long for a key; it is kept as well, to be shown where SAML and SCIM don't agree. A row goes with the user.
 */
export default migration({
  async up({ knex, table, engine }) {
    if (await knex.schema.hasTable(table('vestibule_saml_identity'))) return;
    const document = engine === 'mysql' ? 'mediumtext' : 'text';
    await knex.schema.createTable(table('vestibule_saml_identity'), (t) => {
      t.integer('connection_id').unsigned().notNullable();
      t.specificType('identifier_digest', engine === 'mysql' ? 'binary(32)' : 'blob').notNullable();
      t.specificType('identifier', engine === 'mysql' ? 'varbinary(1020)' : 'text').notNullable();
      t.integer('customer_id').unsigned().notNullable();
      // What the last sign-in said, and as much of the user's document as stands there because of sign-ins.
      t.specificType('said', document).notNullable();
      t.specificType('wrote', document).notNullable();
      t.datetime('first_at').notNullable();
      t.datetime('last_at').notNullable();
      t.primary(['connection_id', 'identifier_digest']);
      t.index(['connection_id', 'customer_id', 'identifier_digest'], table('vestibule_saml_identity_listing'));
      t.index(['customer_id'], table('vestibule_saml_identity_customer'));
      t.foreign('customer_id', table('vestibule_saml_identity_user_fk'))
        .references('customer_id')
        .inTable(table('vestibule_user'))
        .onDelete('CASCADE');
    });
  },
});
