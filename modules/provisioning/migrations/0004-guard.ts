import { migration } from '../../framework/index.ts';

/**
 * The mass-deprovision guard. Events are what has passed: they are counted within the last hour, and remember for thirty
 * days what a restore has to know. They refer to no customer, because a customer that was deleted must still be counted.
 */
export default migration({
  async up({ knex, table, engine }) {
    const long = engine === 'mysql' ? 'mediumtext' : 'text';
    const has = (name: string) => knex.schema.hasTable(table(name));
    if (!(await has('vestibule_guard_event')))
      await knex.schema.createTable(table('vestibule_guard_event'), (t) => {
        t.increments('event_id');
        t.integer('connection_id').unsigned().notNullable();
        t.datetime('at', { precision: 3 }).notNullable();
        t.integer('customer_id').unsigned().notNullable();
        t.string('kind', 12).notNullable();
        // 1: the customer lost something by it, and was no newcomer. Never changed.
        t.smallint('weighs').unsigned().notNullable();
        // 1 while it counts against the limit.
        t.smallint('counts').unsigned().notNullable();
        t.smallint('was_active').unsigned().notNullable();
        // Groups that the customer was taken out of, a JSON list of their numbers.
        t.text('group_ids');
        // The hold that was approved, for what was carried out because of it.
        t.integer('hold_id').unsigned();
        t.datetime('restored_at', { precision: 3 });
        t.string('failure', 255);
        t.index(['connection_id', 'counts', 'at', 'customer_id'], table('vestibule_guard_event_window'));
        t.index(['connection_id', 'at', 'customer_id'], table('vestibule_guard_event_wave'));
        t.index(['customer_id', 'at'], table('vestibule_guard_event_customer'));
        t.index(['hold_id', 'customer_id'], table('vestibule_guard_event_hold'));
        t.index(['at'], table('vestibule_guard_event_at'));
      });
    if (!(await has('vestibule_guard_group')))
      await knex.schema.createTable(table('vestibule_guard_group'), (t) => {
        t.integer('group_id').unsigned().notNullable().primary();
        t.integer('connection_id').unsigned().notNullable();
        t.datetime('deleted_at', { precision: 3 }).notNullable();
        t.specificType('document', long).notNullable();
        t.integer('customer_group_id').unsigned();
        t.integer('priority').notNullable();
      });
    if (!(await has('vestibule_guard_hold')))
      await knex.schema.createTable(table('vestibule_guard_hold'), (t) => {
        t.increments('hold_id');
        t.integer('connection_id').unsigned().notNullable();
        // The connection while the hold is open, else NULL: one open hold per connection.
        t.integer('open_connection_id').unsigned();
        t.string('status', 12).notNullable();
        t.datetime('since', { precision: 3 }).notNullable();
        t.datetime('opened_at', { precision: 3 }).notNullable();
        t.integer('limit_count').unsigned().notNullable();
        t.integer('would_be').unsigned().notNullable();
        t.integer('active_count').unsigned().notNullable();
        t.datetime('decided_at', { precision: 3 });
        t.string('decided_by', 255);
        t.string('comment', 1000);
        t.datetime('finished_at', { precision: 3 });
        t.string('restore_status', 12);
        t.string('restored_by', 255);
        t.datetime('restored_at', { precision: 3 });
        t.string('claimed_by', 36);
        t.datetime('claimed_until', { precision: 3 });
        t.unique(['open_connection_id'], { indexName: table('vestibule_guard_hold_open') });
        t.index(['connection_id', 'hold_id'], table('vestibule_guard_hold_connection'));
        t.index(['status'], table('vestibule_guard_hold_status'));
      });
    if (!(await has('vestibule_guard_held')))
      await knex.schema.createTable(table('vestibule_guard_held'), (t) => {
        t.increments('held_id');
        t.integer('hold_id').unsigned().notNullable();
        t.string('operation', 16).notNullable();
        t.string('resource_id', 24).notNullable();
        t.string('subject', 255);
        // What makes a request the same when it is sent again.
        t.string('digest', 64).notNullable();
        // NULL once it is of no use any more.
        t.specificType('request', long);
        t.string('request_id', 255).notNullable();
        t.smallint('had_password').unsigned().notNullable();
        t.integer('tries').unsigned().notNullable();
        t.datetime('first_at', { precision: 3 }).notNullable();
        t.datetime('last_at', { precision: 3 }).notNullable();
        t.string('status', 12).notNullable();
        t.datetime('done_at', { precision: 3 });
        t.string('outcome', 500);
        // 1: the provider has changed the user or group since; then only what makes it wait is carried out.
        t.smallint('stale').unsigned().notNullable().defaultTo(0);
        t.unique(['hold_id', 'digest'], { indexName: table('vestibule_guard_held_digest') });
        t.index(['hold_id', 'status', 'held_id'], table('vestibule_guard_held_status'));
        t.index(['hold_id', 'resource_id'], table('vestibule_guard_held_resource'));
      });
    if (!(await has('vestibule_guard_held_customer')))
      await knex.schema.createTable(table('vestibule_guard_held_customer'), (t) => {
        t.integer('held_id').unsigned().notNullable();
        t.integer('customer_id').unsigned().notNullable();
        t.string('kind', 12).notNullable();
        // 1 once the provider has said the opposite of this customer.
        t.smallint('withdrawn').unsigned().notNullable().defaultTo(0);
        t.primary(['held_id', 'customer_id']);
        t.index(['customer_id', 'held_id'], table('vestibule_guard_held_customer_of'));
      });
    if (!(await has('vestibule_guard_denial')))
      await knex.schema.createTable(table('vestibule_guard_denial'), (t) => {
        t.integer('connection_id').unsigned().notNullable();
        t.integer('customer_id').unsigned().notNullable();
        t.integer('hold_id').unsigned().notNullable();
        t.datetime('until', { precision: 3 }).notNullable();
        t.primary(['connection_id', 'customer_id']);
        t.index(['until'], table('vestibule_guard_denial_until'));
      });
  },
});
