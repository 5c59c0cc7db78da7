import { type MigrationSchema, migration } from '../../framework/index.ts';

/**
 * Deliveries, and the lanes that keep their order. A lane is what waits for one subscription about one customer; whoever
 * has claimed it sends its oldest open delivery. Claiming, retrying and recovering move a lane and never look at what
 * stands behind its first delivery, so they cost the same with a backlog of any length. A lane whose delivery is on its
 * way is due again when its claim has run out, which is all that the end of a process needs.
 *
 * No foreign key to the subscription: one that is deleted while an event is announced must not fail what happened.
 */
export default migration({
  async up(schema) {
    const { knex, table } = schema;
    if (!(await knex.schema.hasTable(table('vestibule_webhook_delivery'))))
      await knex.schema.createTable(table('vestibule_webhook_delivery'), (t) => {
        t.bigIncrements('delivery_id');
        t.integer('webhook_id').unsigned().notNullable();
        t.bigInteger('lane').notNullable();
        t.specificType('state', code(schema, 12)).notNullable();
        t.specificType('message_id', code(schema, 40)).notNullable();
        t.string('scope', 128).notNullable();
        t.text('data').notNullable();
        t.smallint('website_id').unsigned();
        t.string('hash', 128).notNullable();
        t.integer('attempts').unsigned().notNullable().defaultTo(0);
        t.bigInteger('created_ms').notNullable();
        t.bigInteger('tried_ms');
        t.bigInteger('ended_ms');
        t.smallint('status').unsigned();
        t.integer('duration_ms').unsigned();
        t.string('note', 500);
        t.text('answer');
        t.index(['webhook_id', 'lane', 'state'], table('vestibule_webhook_delivery_lane'));
        t.index(['webhook_id', 'state', 'created_ms'], table('vestibule_webhook_delivery_log'));
        t.index(['state', 'ended_ms'], table('vestibule_webhook_delivery_ended'));
      });
    if (!(await knex.schema.hasTable(table('vestibule_webhook_lane'))))
      await knex.schema.createTable(table('vestibule_webhook_lane'), (t) => {
        t.integer('webhook_id').unsigned().notNullable();
        t.bigInteger('lane').notNullable();
        t.bigInteger('next_ms').notNullable();
        t.specificType('claim', code(schema, 40));
        t.specificType('newest', code(schema, 40)).notNullable();
        t.primary(['webhook_id', 'lane']);
        t.index(['webhook_id', 'next_ms'], table('vestibule_webhook_lane_due'));
      });
  },
});

/** Text of our own making, a byte a letter in the indexes. */
const code = ({ engine }: MigrationSchema, length: number): string =>
  engine === 'mysql' ? `varchar(${length}) character set ascii collate ascii_bin` : `varchar(${length})`;
