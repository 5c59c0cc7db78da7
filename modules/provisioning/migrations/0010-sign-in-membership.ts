import { migration } from '../../framework/index.ts';

/**
 * Memberships that a sign-in gave and SCIM has said nothing of: the next sign-in may take them back. A row goes with the
 * member row that it is about, whoever removes that.
 */
export default migration({
  async up({ knex, table }) {
    if (await knex.schema.hasTable(table('vestibule_sign_in_membership'))) return;
    await knex.schema.createTable(table('vestibule_sign_in_membership'), (t) => {
      t.integer('group_id').unsigned().notNullable();
      t.integer('generation').unsigned().notNullable();
      t.integer('customer_id').unsigned().notNullable();
      t.primary(['group_id', 'generation', 'customer_id']);
      t.index(['customer_id', 'group_id'], table('vestibule_sign_in_membership_of'));
      t.foreign(['group_id', 'generation', 'customer_id'], table('vestibule_sign_in_membership_fk'))
        .references(['group_id', 'generation', 'customer_id'])
        .inTable(table('vestibule_group_member'))
        .onDelete('CASCADE');
    });
  },
});
