import { migration, sql } from '../database/index.ts';

/** Which first-start hooks have run, so that each runs once in the life of an installation. */
export default migration({
  up: async ({ run }) => {
    await run(sql`CREATE TABLE IF NOT EXISTS {vestibule_setup_hook} (
      id VARCHAR(128) NOT NULL PRIMARY KEY,
      ran_at DATETIME NOT NULL
    )`);
  },
});
