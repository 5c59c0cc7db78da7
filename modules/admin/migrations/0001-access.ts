import { migration } from '../../framework/index.ts';

/**
 * Sessions, second factors and recovery codes. Of a session's secret only a hash is stored, of a recovery code a keyed
 * digest; the secret of an authenticator app is encrypted. Administrators themselves are the store's.
 */
export default migration({
  async up({ knex, table }) {
    if (!(await knex.schema.hasTable(table('vestibule_admin_session'))))
      await knex.schema.createTable(table('vestibule_admin_session'), (t) => {
        t.increments('session_id');
        t.string('hash', 64)
          .notNullable()
          .unique({ indexName: table('vestibule_admin_session_hash') });
        t.integer('user_id').unsigned().notNullable();
        // browser: a cookie; bearer: the admin API
        t.string('kind', 8).notNullable();
        // code: the second factor is still to come; enrol: it is to be set up; full: logged in
        t.string('stage', 8).notNullable();
        t.datetime('created_at').notNullable();
        t.datetime('used_at').notNullable();
        t.datetime('expires_at').notNullable();
        t.datetime('confirmed_at').notNullable();
        t.string('address', 64);
        t.string('agent', 255);
        t.text('flash');
        t.index(['user_id'], table('vestibule_admin_session_user'));
        t.index(['expires_at'], table('vestibule_admin_session_expiry'));
      });
    if (!(await knex.schema.hasTable(table('vestibule_admin_authenticator'))))
      await knex.schema.createTable(table('vestibule_admin_authenticator'), (t) => {
        t.integer('user_id').unsigned().primary();
        t.string('secret', 255).notNullable();
        // null until a first code has proved that the app has the secret
        t.datetime('confirmed_at');
        t.integer('last_step').unsigned().notNullable().defaultTo(0);
      });
    if (!(await knex.schema.hasTable(table('vestibule_admin_recovery_code'))))
      await knex.schema.createTable(table('vestibule_admin_recovery_code'), (t) => {
        t.increments('code_id');
        t.integer('user_id').unsigned().notNullable();
        t.string('digest', 80).notNullable();
        t.datetime('used_at');
        t.index(['user_id'], table('vestibule_admin_recovery_code_user'));
      });
  },
});
