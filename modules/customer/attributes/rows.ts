import { DuplicateKeyError, sql, type Transaction } from '../../framework/index.ts';
import type { AttributeDefinition } from './attribute.ts';
import { defaultLabels, foldLabel, inputOf, optionsOf, storedDefault } from './definition.ts';
import { inputRows } from './input.ts';
import { addOptions } from './options.ts';

/** Where customer attributes go: the type, its default attribute set and that set's default group. */
export interface CustomerType {
  readonly entity_type_id: number;
  readonly attribute_set_id: number;
  readonly attribute_group_id: number;
}

/** The customer type, held until the commit: whoever adds attributes queues here. */
export async function lockCustomerType(tx: Transaction): Promise<CustomerType> {
  const type = await tx.first<CustomerType>(sql`SELECT t.entity_type_id, t.default_attribute_set_id AS attribute_set_id,
    g.attribute_group_id FROM {eav_entity_type} t
    JOIN {eav_attribute_group} g ON g.attribute_set_id = t.default_attribute_set_id
    WHERE t.entity_type_code = 'customer' ORDER BY g.default_id DESC, g.sort_order, g.attribute_group_id LIMIT 1 ${tx.dialect.forUpdate}`);
  if (type === undefined)
    throw new Error('The customer entity type or its attribute set is missing. Run setup:upgrade.');
  return type;
}

const flag = (value: boolean | undefined): 0 | 1 => (value ? 1 : 0);

/** All rows of an attribute. False when somebody who takes no lock, Magento itself, has created it meanwhile. */
export async function insertAttribute(
  tx: Transaction,
  type: CustomerType,
  definition: AttributeDefinition,
): Promise<boolean> {
  const id = await insertMain(tx, type, definition);
  if (id === undefined) return false;
  const { inputFilter, validateRules } = inputRows[inputOf(definition)];
  const { grid, sortOrder = 200, forms = ['adminhtml_customer'] } = definition;
  const inGrid = flag(grid !== undefined);
  tx.later(sql`INSERT INTO {customer_eav_attribute} (attribute_id, is_visible, input_filter, multiline_count,
    validate_rules, is_system, sort_order, data_model, is_used_in_grid, is_visible_in_grid, is_filterable_in_grid,
    is_searchable_in_grid, grid_filter_condition_type)
    VALUES (${id}, 1, ${inputFilter}, 0, ${validateRules}, 0, ${sortOrder}, NULL, ${inGrid}, ${inGrid},
    ${flag(grid?.filterable)}, ${flag(grid?.searchable)}, 0)`);
  tx.later(sql`INSERT INTO {eav_entity_attribute}
    (entity_type_id, attribute_set_id, attribute_group_id, attribute_id, sort_order)
    VALUES (${type.entity_type_id}, ${type.attribute_set_id}, ${type.attribute_group_id}, ${id}, ${sortOrder})`);
  for (const form of new Set(forms))
    tx.later(sql`INSERT INTO {customer_form_attribute} (form_code, attribute_id) VALUES (${form}, ${id})`);
  await insertOptions(tx, id, definition);
  tx.later(sql`INSERT INTO {vestibule_made_attribute} (attribute_id, attribute_code) VALUES (${id}, ${definition.code})
    ${tx.dialect.onDuplicate(['attribute_id'], ['attribute_code'])}`);
  return true;
}

async function insertOptions(tx: Transaction, id: number, definition: AttributeDefinition): Promise<void> {
  const options = optionsOf(definition);
  if (options.length === 0) return;
  const ids = await addOptions(tx, id, options);
  const wanted = new Set(defaultLabels(definition));
  const chosen = ids.filter((_, i) => wanted.has(foldLabel(options[i]?.label ?? '')));
  if (chosen.length > 0)
    tx.later(sql`UPDATE {eav_attribute} SET default_value = ${chosen.join(',')} WHERE attribute_id = ${id}`);
}

async function insertMain(
  tx: Transaction,
  type: CustomerType,
  definition: AttributeDefinition,
): Promise<number | undefined> {
  const { code, backendType, label, required } = definition;
  const input = inputOf(definition);
  const { backendModel, frontendModel, sourceModel } = inputRows[input];
  try {
    const { insertId } = await tx.run(sql`INSERT INTO {eav_attribute} (entity_type_id, attribute_code, backend_model,
      backend_type, frontend_model, frontend_input, frontend_label, source_model, is_required, is_user_defined,
      default_value, is_unique)
      VALUES (${type.entity_type_id}, ${code}, ${backendModel}, ${backendType}, ${frontendModel}, ${input},
      ${label.trim()}, ${sourceModel}, ${flag(required)}, 1, ${storedDefault(definition)}, 0)`);
    return insertId;
  } catch (error) {
    if (error instanceof DuplicateKeyError) return undefined;
    throw error;
  }
}
