import { expect } from 'chai';
import type { MappedValue, MappingRow } from '../../../modules/attribute-mapping/index.ts';
import type { CustomerAttribute } from '../../../modules/customer/index.ts';
import { enterpriseUserSchema, type Resource, ScimError } from '../../../modules/scim/index.ts';
import { compiled, connection } from '../mapping-under-test.ts';
import { custom, gender, metals } from '../store-attributes.ts';

export const department = `${enterpriseUserSchema.id}:department`;
export const attributes: readonly CustomerAttribute[] = [
  gender,
  custom('motto', 'varchar'),
  custom('size', 'int'),
  custom('joined', 'datetime'),
  custom('vip', 'int', { input: 'boolean' }),
  custom('tier', 'int', { input: 'select', options: metals }),
  custom('likes', 'varchar', { input: 'multiselect', options: metals }),
];

export type Loose = Partial<MappingRow> & { readonly type: MappingRow['type'] } & Record<string, unknown>;
export const rowOf = (row: Loose): MappingRow => ({ id: 'r', target: 'motto', ...row }) as MappingRow;
export const mapped = (row: Loose, user: Resource, computed?: Record<string, unknown>) => {
  const mapping = compiled([rowOf(row)], attributes);
  expect(mapping.resting, JSON.stringify(mapping.resting)).to.deep.equal([]);
  return mapping.map({ userName: 'x', ...user }, connection, computed);
};
export const rowValueOf = (row: Loose, user: Resource, computed?: Record<string, unknown>): MappedValue | undefined =>
  mapped(row, user, computed).attributes[rowOf(row).target];
export const refusalOf = (row: Loose, user: Resource): ScimError => {
  try {
    rowValueOf(row, user);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};
