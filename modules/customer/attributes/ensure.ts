import { empty, join, type Sql, sql, type Transaction } from '../../framework/index.ts';
import { CustomerError } from '../customer-error.ts';
import type { AttributeDefinition } from './attribute.ts';
import { checkDefinition } from './definition.ts';
import { insertAttribute, lockCustomerType } from './rows.ts';

/**
 * Creates the missing ones of these custom attributes and answers their codes. Where all are there, it takes one look and
 * no lock; else writers queue at the row of the entity type, and look again once it is theirs.
 */
export async function createMissing(
  tx: Transaction,
  definitions: readonly AttributeDefinition[],
  differing: 'refused' | 'left' = 'refused',
): Promise<readonly string[]> {
  const missing = (existing: ReadonlyMap<string, string>) => missingFrom(definitions, existing, differing);
  for (const definition of definitions) checkDefinition(definition);
  if (definitions.length === 0) return [];
  if (missing(await existingTypes(tx, definitions, empty)).length === 0) return [];
  const type = await lockCustomerType(tx);
  const created: string[] = [];
  for (const definition of missing(await existingTypes(tx, definitions, tx.dialect.forUpdate))) {
    if (await insertAttribute(tx, type, definition)) created.push(definition.code);
  }
  return created;
}

/** The backend types of those attributes that exist, by code. A locking read sees what was committed since the first. */
async function existingTypes(
  tx: Transaction,
  definitions: readonly AttributeDefinition[],
  lock: Sql,
): Promise<ReadonlyMap<string, string>> {
  const codes = definitions.map(({ code }) => code);
  const rows = await tx.all<{ attribute_code: string; backend_type: string }>(sql`SELECT a.attribute_code,
    a.backend_type FROM {eav_attribute} a JOIN {eav_entity_type} t ON t.entity_type_id = a.entity_type_id
    WHERE t.entity_type_code = 'customer' AND a.attribute_code IN (${join(codes)}) ${lock}`);
  return new Map(rows.map((row) => [row.attribute_code, row.backend_type]));
}

function missingFrom(
  definitions: readonly AttributeDefinition[],
  existing: ReadonlyMap<string, string>,
  differing: 'refused' | 'left',
): readonly AttributeDefinition[] {
  return definitions.filter((definition) => {
    const found = existing.get(definition.code);
    if (found !== undefined && found !== definition.backendType && differing === 'refused')
      throw differs(definition, found);
    return found === undefined;
  });
}

const differs = (definition: AttributeDefinition, found: string): CustomerError =>
  new CustomerError(
    'CUSTOMER_ATTRIBUTE_DIFFERS',
    `The customer attribute "${definition.code}" exists with backend type "${found}", but "${definition.backendType}" ` +
      'is wanted. Choose another code, or map to the attribute as it is.',
    definition.code,
  );
