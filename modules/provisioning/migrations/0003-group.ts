import { migration } from '../../framework/index.ts';

/**
 * Groups, who is in them, and which customer group they stand for.
 *
 * A member row counts where its generation is that of its group: a large group is emptied at once by the next generation,
 * and deleted at once with its row; a job removes the member rows that are left.
 */
export default migration({
  async up({ knex, table, engine }) {
    const key = engine === 'mysql' ? 'varbinary(1020)' : 'text';
    const has = (name: string) => knex.schema.hasTable(table(name));
    if (!(await has('vestibule_group')))
      await knex.schema.createTable(table('vestibule_group'), (t) => {
        t.increments('group_id');
        t.integer('connection_id').unsigned().notNullable();
        t.string('display_name', 255).notNullable();
        t.specificType('display_key', key).notNullable();
        t.specificType('external_id', key);
        // The whole group as it was sent, members aside.
        t.specificType('document', engine === 'mysql' ? 'mediumtext' : 'text').notNullable();
        t.integer('customer_group_id').unsigned();
        t.integer('priority').notNullable().defaultTo(100);
        t.integer('generation').unsigned().notNullable().defaultTo(0);
        // Never less than there are; more where the store has deleted customers.
        t.integer('member_count').unsigned().notNullable().defaultTo(0);
        t.integer('version').unsigned().notNullable().defaultTo(1);
        t.datetime('created_at', { precision: 3 }).notNullable();
        t.datetime('modified_at', { precision: 3 }).notNullable();
        t.unique(['connection_id', 'display_key'], { indexName: table('vestibule_group_name') });
        t.unique(['connection_id', 'external_id'], { indexName: table('vestibule_group_external') });
        t.index(['connection_id', 'group_id'], table('vestibule_group_listing'));
      });
    if (!(await has('vestibule_group_member')))
      await knex.schema.createTable(table('vestibule_group_member'), (t) => {
        t.integer('group_id').unsigned().notNullable();
        t.integer('generation').unsigned().notNullable();
        t.integer('customer_id').unsigned().notNullable();
        t.primary(['group_id', 'generation', 'customer_id']);
        t.index(['customer_id', 'group_id', 'generation'], table('vestibule_group_member_of'));
        t.foreign('customer_id', table('vestibule_group_member_fk'))
          .references('customer_id')
          .inTable(table('vestibule_user'))
          .onDelete('CASCADE');
      });
    if (!(await has('vestibule_group_nesting')))
      await knex.schema.createTable(table('vestibule_group_nesting'), (t) => {
        t.integer('parent_id').unsigned().notNullable();
        t.integer('child_id').unsigned().notNullable();
        t.primary(['parent_id', 'child_id']);
        t.index(['child_id', 'parent_id'], table('vestibule_group_nesting_child'));
      });
    // Every group with every group above it and with itself, so that one join finds indirect memberships.
    if (!(await has('vestibule_group_closure')))
      await knex.schema.createTable(table('vestibule_group_closure'), (t) => {
        t.integer('ancestor_id').unsigned().notNullable();
        t.integer('descendant_id').unsigned().notNullable();
        t.primary(['ancestor_id', 'descendant_id']);
        t.index(['descendant_id', 'ancestor_id'], table('vestibule_group_closure_up'));
      });
    // Held while groups are put into groups: two requests must not make a circle together.
    if (!(await has('vestibule_group_guard')))
      await knex.schema.createTable(table('vestibule_group_guard'), (t) => {
        t.integer('connection_id').unsigned().notNullable().primary();
      });
    // Magento's table has no unique key on the code: this one lets two requests make one customer group.
    if (!(await has('vestibule_customer_group')))
      await knex.schema.createTable(table('vestibule_customer_group'), (t) => {
        t.specificType('code_key', engine === 'mysql' ? 'varbinary(255)' : 'text').notNullable();
        t.integer('customer_group_id').unsigned();
        t.primary(['code_key']);
      });
    // Customers whose customer group follows from their memberships, and what they go back to.
    if (!(await has('vestibule_customer_group_assignment')))
      await knex.schema.createTable(table('vestibule_customer_group_assignment'), (t) => {
        t.integer('customer_id').unsigned().notNullable().primary();
        t.integer('customer_group_id').unsigned().notNullable();
        t.integer('group_before').unsigned().notNullable();
        t.smallint('disable_before').unsigned().notNullable();
        t.foreign('customer_id', table('vestibule_customer_group_assignment_fk'))
          .references('entity_id')
          .inTable(table('customer_entity'))
          .onDelete('CASCADE');
      });
    if (!(await has('vestibule_group_job')))
      await knex.schema.createTable(table('vestibule_group_job'), (t) => {
        t.increments('job_id');
        t.integer('group_id').unsigned().notNullable();
        t.integer('generation').unsigned().notNullable();
        t.integer('connection_id').unsigned().notNullable();
        t.string('display_name', 255).notNullable();
        // 1: these member rows are of no use any more and go.
        t.smallint('removes').unsigned().notNullable();
        // 1: customer groups follow from memberships that came or went.
        t.smallint('settles').unsigned().notNullable();
        t.integer('position').unsigned().notNullable().defaultTo(0);
        t.integer('moved').unsigned().notNullable().defaultTo(0);
        t.string('claimed_by', 36);
        t.datetime('claimed_until', { precision: 3 });
        t.datetime('created_at', { precision: 3 }).notNullable();
        t.index(['group_id', 'generation'], table('vestibule_group_job_group'));
      });
  },
});
