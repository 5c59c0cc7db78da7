import { type MigrationSchema, migration } from 'vestibule/framework';

/** Text that is compared letter by letter. */
const exact = ({ engine }: MigrationSchema, length: number): string =>
  engine === 'mysql' ? `varchar(${length}) character set utf8mb4 collate utf8mb4_bin` : `varchar(${length})`;

/**
 * The map from products and groups to courses. `walked` is how far a walk over everybody whom a mapping concerns has come,
 * null where there is none; `parting` is set on a mapping that is going.
 */
export default migration({
  async up(schema) {
    const { knex, table } = schema;
    if (await knex.schema.hasTable(table('vestibule_course_mapping'))) return;
    await knex.schema.createTable(table('vestibule_course_mapping'), (t) => {
      t.increments('mapping_id');
      t.specificType('kind', exact(schema, 16)).notNullable();
      t.string('subject', 255).notNullable();
      t.specificType('subject_key', exact(schema, 255)).notNullable();
      t.integer('customer_group_id').unsigned();
      t.integer('connection_id').unsigned().notNullable().defaultTo(0);
      t.specificType('course', exact(schema, 191)).notNullable();
      t.smallint('keeps').unsigned().notNullable().defaultTo(0);
      t.specificType('parting', exact(schema, 12));
      t.integer('walked').unsigned();
      t.bigInteger('created_ms').notNullable();
      t.unique(['kind', 'subject_key', 'connection_id', 'course'], {
        indexName: table('vestibule_course_mapping_once'),
      });
      t.index(['walked'], table('vestibule_course_mapping_walk'));
    });
  },
});
