import { type MigrationSchema, migration } from 'vestibule/framework';

const exact = ({ engine }: MigrationSchema, length: number): string =>
  engine === 'mysql' ? `varchar(${length}) character set utf8mb4 collate utf8mb4_bin` : `varchar(${length})`;

/**
 * Why customers shall be in courses, who they are in the LMS, and what it holds. No foreign keys to the customer: whoever
 * is deleted still has to be taken out of courses.
 */
export default migration({
  async up(schema) {
    const { knex, table } = schema;
    const has = (name: string) => knex.schema.hasTable(table(name));
    if (!(await has('vestibule_course_reason')))
      await knex.schema.createTable(table('vestibule_course_reason'), (t) => {
        t.bigIncrements('reason_id');
        t.integer('customer_id').unsigned().notNullable();
        t.integer('mapping_id').unsigned().notNullable();
        t.specificType('kind', exact(schema, 16)).notNullable();
        t.specificType('origin', exact(schema, 64)).notNullable();
        t.specificType('course', exact(schema, 191)).notNullable();
        t.bigInteger('since_ms').notNullable();
        t.bigInteger('kept_ms');
        t.unique(['customer_id', 'mapping_id', 'origin'], { indexName: table('vestibule_course_reason_once') });
        t.index(['mapping_id', 'customer_id'], table('vestibule_course_reason_mapping'));
        t.index(['kind', 'origin'], table('vestibule_course_reason_origin'));
      });
    if (!(await has('vestibule_course_user')))
      await knex.schema.createTable(table('vestibule_course_user'), (t) => {
        t.integer('customer_id').unsigned().notNullable().primary();
        t.specificType('lms_id', exact(schema, 190)).notNullable();
        // Of what the LMS was told last.
        t.specificType('digest', exact(schema, 64)).notNullable();
        t.bigInteger('saved_ms').notNullable();
      });
    if (!(await has('vestibule_course_enrolment')))
      await knex.schema.createTable(table('vestibule_course_enrolment'), (t) => {
        t.integer('customer_id').unsigned().notNullable();
        t.specificType('course', exact(schema, 191)).notNullable();
        t.bigInteger('enrolled_ms').notNullable();
        t.primary(['customer_id', 'course']);
      });
    // The newest event of an order that concerns courses: an older one that comes late changes nothing.
    if (!(await has('vestibule_course_order')))
      await knex.schema.createTable(table('vestibule_course_order'), (t) => {
        t.specificType('order_number', exact(schema, 64)).notNullable().primary();
        t.bigInteger('at_ms').notNullable();
      });
    // How far the store's own orders were read.
    if (!(await has('vestibule_course_position')))
      await knex.schema.createTable(table('vestibule_course_position'), (t) => {
        t.specificType('name', exact(schema, 32)).notNullable().primary();
        t.specificType('updated_at', exact(schema, 19)).notNullable();
        t.bigInteger('entity_id').notNullable();
      });
  },
});
