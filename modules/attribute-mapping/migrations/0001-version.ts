import { migration } from '../../framework/index.ts';

/**
 * Published versions of connections' mappings, which stay as they are, and the draft of the next. The head says which
 * version is in effect and which revision a draft had last; whoever publishes or changes a draft holds it, so that
 * administrators take their turns. A connection that is deleted takes them with it.
 */
export default migration({
  async up({ knex, table, engine }) {
    const has = (name: string) => knex.schema.hasTable(table(name));
    const connection = table('vestibule_connection');
    const document = engine === 'mysql' ? 'mediumtext' : 'text';
    if (!(await has('vestibule_mapping_head')))
      await knex.schema.createTable(table('vestibule_mapping_head'), (t) => {
        t.integer('connection_id').unsigned().notNullable().primary();
        // 0: nothing was published yet, so the preset of the connection's profile is in effect.
        t.integer('version').unsigned().notNullable().defaultTo(0);
        // Never given twice, so that a draft can't be taken for one that was discarded meanwhile.
        t.integer('revision').unsigned().notNullable().defaultTo(0);
        t.foreign('connection_id', table('vestibule_mapping_head_fk'))
          .references('connection_id')
          .inTable(connection)
          .onDelete('CASCADE');
      });
    if (!(await has('vestibule_mapping_version')))
      await knex.schema.createTable(table('vestibule_mapping_version'), (t) => {
        t.integer('connection_id').unsigned().notNullable();
        t.integer('version').unsigned().notNullable();
        t.specificType('document', document).notNullable();
        t.string('author', 255).notNullable();
        t.string('comment', 1000);
        // The version that this one is a copy of, where it was rolled back to.
        t.integer('restored').unsigned();
        t.datetime('published_at').notNullable();
        t.primary(['connection_id', 'version']);
        t.foreign('connection_id', table('vestibule_mapping_version_fk'))
          .references('connection_id')
          .inTable(connection)
          .onDelete('CASCADE');
      });
    if (!(await has('vestibule_mapping_draft')))
      await knex.schema.createTable(table('vestibule_mapping_draft'), (t) => {
        t.integer('connection_id').unsigned().notNullable().primary();
        t.integer('revision').unsigned().notNullable();
        // The version that was in effect when the draft was begun.
        t.integer('based_on').unsigned().notNullable();
        t.specificType('document', document).notNullable();
        t.string('author', 255).notNullable();
        t.datetime('changed_at').notNullable();
        t.foreign('connection_id', table('vestibule_mapping_draft_fk'))
          .references('connection_id')
          .inTable(connection)
          .onDelete('CASCADE');
      });
  },
});
