import { empty, type MigrationSchema, migration, raw, sql } from '../../framework/index.ts';

/**
 * A record is written into a table that has nothing but its key, in the transaction of the change. A job moves batches of
 * them, with a seal over each batch, and writes the narrow rows that reports search: integers only, clustered by time, so
 * that every index is (what is asked for, time, id). What was recorded before this step waits for its seal like the rest.
 */
export default migration({
  async up(schema) {
    const { knex, table, engine, run } = schema;
    const has = (name: string) => knex.schema.hasTable(table(name));
    const long = engine === 'mysql' ? 'mediumtext' : 'text';
    // Compared by code: capitals and accents count.
    const exact = (length: number) =>
      engine === 'mysql' ? `varchar(${length}) character set utf8mb4 collate utf8mb4_bin` : 'text';

    if (!(await has('vestibule_activity_pending')))
      await knex.schema.createTable(table('vestibule_activity_pending'), (t) => {
        t.bigIncrements('activity_id');
        t.specificType('entry', long).notNullable();
      });
    if (!(await has('vestibule_activity_record')))
      await knex.schema.createTable(table('vestibule_activity_record'), (t) => {
        t.integer('seal_id').unsigned().notNullable();
        t.bigInteger('activity_id').unsigned().notNullable();
        t.bigInteger('occurred_ms').notNullable();
        t.specificType('entry', long).notNullable();
        t.primary(['seal_id', 'activity_id']);
      });
    if (!(await has('vestibule_activity_search')))
      await run(sql`CREATE TABLE {vestibule_activity_search} (
        occurred_ms BIGINT NOT NULL, activity_id BIGINT NOT NULL, seal_id INTEGER NOT NULL, kind_id INTEGER NOT NULL,
        connection_id BIGINT NULL, customer_id BIGINT NULL, subject_hash BIGINT NULL, request_hash BIGINT NULL,
        PRIMARY KEY (occurred_ms, activity_id)) ${engine === 'sqlite' ? raw('WITHOUT ROWID') : empty}`);
    for (const column of ['kind_id', 'connection_id', 'customer_id', 'subject_hash', 'request_hash'])
      await indexOnce(schema, column);
    if (!(await has('vestibule_activity_kind')))
      await knex.schema.createTable(table('vestibule_activity_kind'), (t) => {
        t.increments('kind_id');
        t.integer('connection_id').unsigned().notNullable().defaultTo(0);
        t.specificType('operation', exact(40)).notNullable();
        t.specificType('outcome', exact(12)).notNullable();
        t.smallint('status').unsigned().notNullable();
        t.specificType('application', exact(64));
        t.unique(['connection_id', 'operation', 'outcome', 'status'], { indexName: table('vestibule_activity_kinds') });
      });
    if (!(await has('vestibule_activity_seal')))
      await knex.schema.createTable(table('vestibule_activity_seal'), (t) => {
        t.integer('seal_id').unsigned().notNullable().primary();
        t.bigInteger('sealed_ms').notNullable();
        t.integer('record_count').unsigned().notNullable();
        t.bigInteger('first_id').unsigned().notNullable();
        t.bigInteger('last_id').unsigned().notNullable();
        t.bigInteger('first_ms').notNullable();
        t.bigInteger('last_ms').notNullable();
        t.string('leaves_digest', 64).notNullable();
        t.binary('leaves');
        t.string('digest', 80).notNullable();
        t.bigInteger('purged_ms');
        t.string('purge_mark', 80);
        t.index(['purged_ms', 'seal_id'], table('vestibule_activity_purge'));
      });
    if (!(await has('vestibule_activity_head')))
      await knex.schema.createTable(table('vestibule_activity_head'), (t) => {
        t.smallint('head_id').unsigned().notNullable().primary();
        t.integer('seal_id').unsigned().notNullable();
        t.string('digest', 80).notNullable();
        t.string('mark', 80).notNullable();
      });
    if (!(await has('vestibule_activity_lease')))
      await knex.schema.createTable(table('vestibule_activity_lease'), (t) => {
        t.string('job', 20).notNullable().primary();
        t.string('holder', 40).notNullable();
        t.bigInteger('beat').unsigned().notNullable();
      });
    const ignore = schema.dialect.insertIgnoreInto;
    await run(sql`${ignore} {vestibule_activity_head} (head_id, seal_id, digest, mark) VALUES (1, 0, '', '')`);
    for (const job of ['seal', 'purge'])
      await run(sql`${ignore} {vestibule_activity_lease} (job, holder, beat) VALUES (${job}, '', 0)`);

    if (await has('vestibule_activity')) {
      await queueEarlier(schema);
      await knex.schema.dropTable(table('vestibule_activity'));
    }
  },
});

/** MySQL may have stopped halfway: an index that is there already is left alone. */
async function indexOnce({ engine, knex, prefix, run, all, table }: MigrationSchema, column: string): Promise<void> {
  const name = `${prefix}vestibule_activity_by_${column.replace(/_(id|hash)$/, '')}`;
  if (engine === 'sqlite') {
    await run(
      sql`CREATE INDEX IF NOT EXISTS ${raw(`"${name}"`)} ON {vestibule_activity_search} (${raw(column)}, occurred_ms, activity_id)`,
    );
    return;
  }
  const there = await all(
    sql`SELECT 1 AS one FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ${table('vestibule_activity_search')} AND index_name = ${name} LIMIT 1`,
  );
  if (there.length === 0)
    await knex.schema.alterTable(table('vestibule_activity_search'), (t) => {
      t.index([column, 'occurred_ms', 'activity_id'], name);
    });
}

interface EarlierRow {
  activity_id: number;
  occurred_at: string;
  operation: string;
  outcome: string;
  status: number;
  connection_id: number | null;
  customer_id: number | null;
  subject: string | null;
  request_id: string | null;
  details: string | null;
}

/** Takes over what the first shape of this room recorded. Run again after a failure, it goes on where it stopped. */
async function queueEarlier({ all, run, dialect }: MigrationSchema): Promise<void> {
  for (;;) {
    const rows = (await all(
      sql`SELECT * FROM {vestibule_activity} ORDER BY activity_id LIMIT 200`,
    )) as unknown as EarlierRow[];
    const last = rows.at(-1);
    if (!last) return;
    for (const row of rows) {
      const entry = JSON.stringify({
        at: Date.parse(`${row.occurred_at.replace(' ', 'T')}Z`),
        operation: row.operation,
        outcome: row.outcome,
        status: row.status,
        connection: row.connection_id ?? undefined,
        customer: row.customer_id ?? undefined,
        subject: row.subject ?? undefined,
        request: row.request_id ?? undefined,
        ...(row.details === null ? {} : (JSON.parse(row.details) as object)),
      });
      await run(
        sql`${dialect.insertIgnoreInto} {vestibule_activity_pending} (activity_id, entry) VALUES (${row.activity_id}, ${entry})`,
      );
    }
    await run(sql`DELETE FROM {vestibule_activity} WHERE activity_id <= ${last.activity_id}`);
  }
}
