import { migration } from '../../framework/index.ts';

/** What a token may do and where it may come from, which token takes its place, and which warning of its end was given. */
export default migration({
  async up({ knex, table }) {
    const token = table('vestibule_connection_token');
    const has = (column: string) => knex.schema.hasColumn(token, column);
    if (!(await has('scopes')))
      await knex.schema.alterTable(token, (t) => {
        t.string('scopes', 255);
      });
    if (!(await has('allowed_addresses')))
      await knex.schema.alterTable(token, (t) => {
        t.text('allowed_addresses');
      });
    if (!(await has('replaced_by')))
      await knex.schema.alterTable(token, (t) => {
        t.string('replaced_by', 8);
      });
    if (!(await has('expired_before')))
      await knex.schema.alterTable(token, (t) => {
        t.datetime('expired_before');
      });
    if (!(await has('warned_days')))
      await knex.schema.alterTable(token, (t) => {
        t.smallint('warned_days').unsigned();
      });
  },
});
