import { migration, sql } from '../database/index.ts';

/** Which process runs a first-start hook just now; what ran stands in `vestibule_setup_hook`. */
export default migration({
  up: async ({ run }) => {
    await run(sql`CREATE TABLE IF NOT EXISTS {vestibule_setup_claim} (
      id VARCHAR(128) NOT NULL PRIMARY KEY,
      held_by VARCHAR(40) NOT NULL
    )`);
  },
});
