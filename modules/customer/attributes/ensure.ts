import { DuplicateKeyError, empty, join, type Sql, sql, type Transaction } from '../../framework/index.ts';
import { customerKinds } from '../columns.ts';
import { CustomerError } from '../customer-error.ts';
import type { AttributeDefinition, BackendType } from './attribute.ts';
import { addOptions } from './options.ts';

interface EntityType {
  entity_type_id: number;
  attribute_set_id: number;
  attribute_group_id: number;
}

/** Magento's own limit and shape of a code. */
const goodCode = /^[a-z][a-z0-9_]{0,29}$/;

/**
 * Creates the missing ones of these custom attributes and answers their codes. Where all are there, it takes one look and
 * no lock; else writers queue at the row of the entity type, and look again once it is theirs.
 */
export async function createMissing(
  tx: Transaction,
  definitions: readonly AttributeDefinition[],
): Promise<readonly string[]> {
  for (const definition of definitions) checkCode(definition.code);
  if (definitions.length === 0) return [];
  if (missingFrom(definitions, await existingTypes(tx, definitions, empty)).length === 0) return [];
  const type = await lockCustomerType(tx);
  const created: string[] = [];
  for (const definition of missingFrom(definitions, await existingTypes(tx, definitions, tx.dialect.forUpdate))) {
    if (await createOne(tx, type, definition)) created.push(definition.code);
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
): readonly AttributeDefinition[] {
  return definitions.filter((definition) => {
    const found = existing.get(definition.code);
    if (found !== undefined && found !== definition.backendType) throw differs(definition, found);
    return found === undefined;
  });
}

async function createOne(tx: Transaction, type: EntityType, definition: AttributeDefinition): Promise<boolean> {
  const id = await insertAttribute(tx, type, definition);
  if (id === undefined) return false;
  const isDate = inputOf(definition) === 'date';
  await tx.run(sql`INSERT INTO {customer_eav_attribute} (attribute_id, is_visible, input_filter, multiline_count,
    validate_rules, is_system, sort_order, data_model, is_used_in_grid, is_visible_in_grid, is_filterable_in_grid,
    is_searchable_in_grid, grid_filter_condition_type)
    VALUES (${id}, 1, ${isDate ? 'date' : null}, 0, ${isDate ? '{"input_validation":"date"}' : null}, 0,
    ${definition.sortOrder ?? 200}, NULL, 0, 0, 0, 0, 0)`);
  await tx.run(sql`INSERT INTO {eav_entity_attribute}
    (entity_type_id, attribute_set_id, attribute_group_id, attribute_id, sort_order)
    VALUES (${type.entity_type_id}, ${type.attribute_set_id}, ${type.attribute_group_id}, ${id},
    ${definition.sortOrder ?? 200})`);
  for (const form of definition.forms ?? ['adminhtml_customer']) {
    await tx.run(sql`INSERT INTO {customer_form_attribute} (form_code, attribute_id) VALUES (${form}, ${id})`);
  }
  if (definition.options !== undefined) await addOptions(tx, id, definition.options);
  return true;
}

/** Answers undefined when somebody who takes no lock, Magento itself, has created the attribute meanwhile. */
async function insertAttribute(
  tx: Transaction,
  type: EntityType,
  definition: AttributeDefinition,
): Promise<number | undefined> {
  const input = inputOf(definition);
  try {
    const { insertId } = await tx.run(sql`INSERT INTO {eav_attribute} (entity_type_id, attribute_code, backend_model,
      backend_type, frontend_model, frontend_input, frontend_label, source_model, is_required, is_user_defined, is_unique)
      VALUES (${type.entity_type_id}, ${definition.code}, ${backendModel[input] ?? null}, ${definition.backendType},
      ${frontendModel[input] ?? null}, ${input}, ${definition.label}, ${sourceModel[input] ?? null}, 0, 1, 0)`);
    return insertId;
  } catch (error) {
    if (error instanceof DuplicateKeyError) return undefined;
    throw error;
  }
}

type Input = NonNullable<AttributeDefinition['input']>;
const inputs: Readonly<Record<BackendType, Input>> = {
  varchar: 'text',
  int: 'text',
  decimal: 'text',
  text: 'textarea',
  datetime: 'date',
};
const inputOf = (definition: AttributeDefinition): Input => definition.input ?? inputs[definition.backendType];
const eav = 'Magento\\Eav\\Model\\Entity\\Attribute';
const backendModel: Partial<Record<Input, string>> = {
  date: `${eav}\\Backend\\Datetime`,
  multiselect: `${eav}\\Backend\\ArrayBackend`,
};
const frontendModel: Partial<Record<Input, string>> = { date: `${eav}\\Frontend\\Datetime` };
const sourceModel: Partial<Record<Input, string>> = {
  select: `${eav}\\Source\\Table`,
  multiselect: `${eav}\\Source\\Table`,
  boolean: `${eav}\\Source\\Boolean`,
};

/** The customer type with its default attribute set and that set's default group, held until the commit. */
async function lockCustomerType(tx: Transaction): Promise<EntityType> {
  const type = await tx.first<EntityType>(sql`SELECT t.entity_type_id, t.default_attribute_set_id AS attribute_set_id,
    g.attribute_group_id FROM {eav_entity_type} t
    JOIN {eav_attribute_group} g ON g.attribute_set_id = t.default_attribute_set_id
    WHERE t.entity_type_code = 'customer' ORDER BY g.default_id DESC, g.sort_order, g.attribute_group_id LIMIT 1 ${tx.dialect.forUpdate}`);
  if (type === undefined)
    throw new Error('The customer entity type or its attribute set is missing. Run setup:upgrade.');
  return type;
}

function checkCode(code: string): void {
  if (goodCode.test(code) && !customerKinds.has(code) && code !== 'entity_id' && code !== 'password_hash') return;
  throw new CustomerError(
    'CUSTOMER_ATTRIBUTE_INVALID',
    `"${code}" cannot be the code of a custom customer attribute. Use up to 30 lower case letters, digits and ` +
      'underscores, a letter first, and no name of a column of customer_entity.',
    code,
  );
}

const differs = (definition: AttributeDefinition, found: string): CustomerError =>
  new CustomerError(
    'CUSTOMER_ATTRIBUTE_DIFFERS',
    `The customer attribute "${definition.code}" exists with backend type "${found}", but "${definition.backendType}" ` +
      'is wanted. Choose another code, or map to the attribute as it is.',
    definition.code,
  );
