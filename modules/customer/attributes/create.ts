import { sql, sqlTimestamp, type Transaction } from '../../framework/index.ts';
import { CustomerError } from '../customer-error.ts';
import type { AttributeDefinition } from './attribute.ts';
import { checkDefinition } from './definition.ts';
import { insertAttribute, lockCustomerType } from './rows.ts';

/**
 * Creates one custom attribute, and never touches one that exists. A column in the grid is Magento's to make: it is told,
 * as its own administration tells it, that the grid must be built anew.
 *
 * @throws CustomerError `CUSTOMER_ATTRIBUTE_INVALID`, `CUSTOMER_ATTRIBUTE_EXISTS`
 */
export async function createAttribute(tx: Transaction, definition: AttributeDefinition, now: Date): Promise<void> {
  checkDefinition(definition);
  // The database decides: its unique key finds the attribute of another administrator, or of Magento, as well as an old one.
  if (!(await insertAttribute(tx, await lockCustomerType(tx), definition)))
    throw new CustomerError(
      'CUSTOMER_ATTRIBUTE_EXISTS',
      `There is a customer attribute "${definition.code}" already; it was left as it is. attribute:list shows it. Choose another code, or map to that one.`,
      definition.code,
    );
  if (definition.grid !== undefined)
    tx.later(
      sql`UPDATE {indexer_state} SET status = 'invalid', updated = ${sqlTimestamp(now)} WHERE indexer_id = 'customer_grid'`,
    );
}
