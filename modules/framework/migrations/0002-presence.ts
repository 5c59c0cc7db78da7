import { migration, sql } from '../database/index.ts';

/**
 * Server processes that are at work, and one row that says when they last were: a table that is younger than what stands in
 * it was loaded from a backup. That table is never altered, because an ALTER makes it younger.
 */
export default migration({
  up: async ({ run }) => {
    await run(sql`CREATE TABLE IF NOT EXISTS {vestibule_process} (
      name VARCHAR(40) NOT NULL PRIMARY KEY,
      started_ms BIGINT NOT NULL,
      seen_ms BIGINT NOT NULL
    )`);
    await run(sql`CREATE TABLE IF NOT EXISTS {vestibule_continuity} (
      continuity_id SMALLINT NOT NULL PRIMARY KEY,
      seen_ms BIGINT NOT NULL,
      restored_ms BIGINT
    )`);
  },
});
