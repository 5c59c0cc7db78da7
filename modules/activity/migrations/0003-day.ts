import { migration, sql } from '../../framework/index.ts';

/**
 * How many records of each kind a day has (days since 1970, UTC): a chart of two weeks reads some hundred rows, however
 * many records there are. Counted as records are sealed; what was sealed before is counted here.
 */
export default migration({
  async up({ knex, table, run }) {
    if (await knex.schema.hasTable(table('vestibule_activity_day'))) return;
    await knex.schema.createTable(table('vestibule_activity_day'), (t) => {
      t.integer('day').unsigned().notNullable();
      t.integer('kind_id').unsigned().notNullable();
      t.integer('records').unsigned().notNullable();
      t.primary(['day', 'kind_id']);
    });
    await run(sql`INSERT INTO {vestibule_activity_day} (day, kind_id, records)
      SELECT CAST(occurred_ms - occurred_ms % 86400000 AS SIGNED) / 86400000, kind_id, COUNT(*)
      FROM {vestibule_activity_search} GROUP BY CAST(occurred_ms - occurred_ms % 86400000 AS SIGNED) / 86400000, kind_id`);
  },
});
