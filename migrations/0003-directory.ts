import { migration } from '../modules/framework/index.ts';
import { directoryRows } from './store-rows/directory.ts';
import { insertMissing } from './store-rows/insert-missing.ts';

/** Countries, regions with their en_US names, the first currency rates, and where a region is required. */
export default migration({
  async up(schema) {
    for (const rows of directoryRows) await insertMissing(schema, rows);
  },
});
