import { type MigrationSchema, migration } from 'vestibule/framework';

const exact = ({ engine }: MigrationSchema, length: number): string =>
  engine === 'mysql' ? `varchar(${length}) character set ascii collate ascii_bin` : `varchar(${length})`;

/**
 * The queue: one line for each customer for whom something may have to be done, so that it is done in order. Whoever has
 * claimed a line works on it until the claim runs out; a process that ended needs no more than that. `newest` is another
 * mark whenever something happens, so that what happens meanwhile is not lost. A line that is `failed` is a dead letter.
 */
export default migration({
  async up(schema) {
    const { knex, table } = schema;
    const has = (name: string) => knex.schema.hasTable(table(name));
    if (!(await has('vestibule_course_queue')))
      await knex.schema.createTable(table('vestibule_course_queue'), (t) => {
        t.integer('customer_id').unsigned().notNullable().primary();
        t.specificType('state', exact(schema, 8)).notNullable();
        t.bigInteger('next_ms').notNullable();
        t.specificType('claim', exact(schema, 40));
        t.specificType('newest', exact(schema, 40)).notNullable();
        t.integer('attempts').unsigned().notNullable().defaultTo(0);
        t.bigInteger('since_ms').notNullable();
        t.bigInteger('tried_ms');
        t.string('note', 500);
        t.index(['state', 'next_ms'], table('vestibule_course_queue_due'));
      });
    if (!(await has('vestibule_course_log')))
      await knex.schema.createTable(table('vestibule_course_log'), (t) => {
        t.bigIncrements('log_id');
        t.bigInteger('at_ms').notNullable();
        t.integer('customer_id').unsigned().notNullable();
        t.specificType('act', exact(schema, 12)).notNullable();
        t.string('course', 191);
        t.specificType('outcome', exact(schema, 8)).notNullable();
        t.string('note', 500);
        t.index(['customer_id', 'log_id'], table('vestibule_course_log_customer'));
        t.index(['outcome', 'log_id'], table('vestibule_course_log_outcome'));
        t.index(['at_ms'], table('vestibule_course_log_time'));
      });
  },
});
