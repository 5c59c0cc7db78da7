import { migration } from '../modules/framework/index.ts';
import { administrationRows } from './store-rows/administration.ts';
import { attributeRows } from './store-rows/attribute-rows.ts';
import { insertMissing } from './store-rows/insert-missing.ts';
import { scopeRows } from './store-rows/scopes.ts';

/** The rows of a fresh install: scopes, customer groups, entity types with their attributes, the first role. */
export default migration({
  async up(schema) {
    for (const rows of [...scopeRows, ...attributeRows, ...administrationRows]) await insertMissing(schema, rows);
  },
});
