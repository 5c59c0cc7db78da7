import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { storeTables } from '../../migrations/store-schema/index.ts';
import type { ColumnFacts, TableFacts } from '../../modules/framework/index.ts';
import { misfitsOf } from '../../modules/store/attach/misfits.ts';
import { tablesReliedUpon } from '../../modules/store/attach/relied-upon.ts';

const modules = new URL('../../modules/', import.meta.url);
const sources = readdirSync(modules, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(new URL(file, modules), 'utf8'));

const column = (name: string, type: string, facts: Partial<ColumnFacts> = {}): ColumnFacts => ({
  name,
  type,
  length: null,
  precision: null,
  scale: null,
  unsigned: false,
  nullable: true,
  fillsItself: true,
  charset: null,
  ...facts,
});

/** The wanted table as it should be, with some columns instead of those of the same name, or beside them. */
function found(name: string, ...others: readonly ColumnFacts[]): TableFacts {
  const wanted = tablesReliedUpon.find((table) => table.name === name);
  const own = (wanted?.columns ?? []).map((one) =>
    column(one.name, one.type === 'boolean' ? 'tinyint' : one.type, {
      length: one.length ?? null,
      precision: one.precision ?? null,
      scale: one.scale ?? null,
      unsigned: one.unsigned ?? false,
      nullable: one.nullable ?? false,
      fillsItself: Boolean(one.nullable || one.identity || one.default !== undefined),
    }),
  );
  const named = new Map([...own, ...others].map((one) => [one.name, one]));
  return { name, engine: 'InnoDB', columns: [...named.values()], unique: wanted?.unique ?? [] };
}

const judged = (table: TableFacts): readonly string[] =>
  misfitsOf(
    tablesReliedUpon.filter(({ name }) => name === table.name),
    [table],
  );
const without = (table: TableFacts, name: string): TableFacts => ({
  ...table,
  columns: table.columns.filter((one) => one.name !== name),
});

describe("What this host relies on of Magento's tables", () => {
  it('is every table that a statement names, and nothing that Magento does not declare', () => {
    const named = storeTables
      .map(({ name }) => name)
      .filter((name) => sources.some((text) => new RegExp(`(FROM|JOIN|INTO|UPDATE)\\s+\\{${name}\\}`).test(text)));
    expect(tablesReliedUpon.map(({ name }) => name)).to.include.members(named);
    expect(named).to.have.length.above(25);
  });

  it('is what its own migrations make', () => {
    for (const { name } of tablesReliedUpon) expect(judged(found(name)), name).to.deep.equal([]);
  });

  it('may be wider, have more columns that fill themselves, and other keys', () => {
    const wide = found(
      'customer_entity',
      column('email', 'text'),
      column('entity_id', 'bigint', { nullable: false }),
      column('group_id', 'int', { nullable: false }),
      column('created_at', 'datetime', { nullable: false }),
      column('reward_points', 'int', { nullable: false }),
      column('erp_number', 'varchar', { length: 20 }),
    );
    expect(judged({ ...wide, unique: [...wide.unique, ['erp_number']] })).to.deep.equal([]);
    const decimal = column('value', 'decimal', { precision: 20, scale: 6 });
    expect(judged(found('customer_entity_decimal', decimal))).to.deep.equal([]);
  });

  const varchar = (name: string, length: number) => column(name, 'varchar', { length });
  const misfits: readonly (readonly [string, TableFacts, string])[] = [
    [
      'a column that is missing',
      without(found('customer_entity'), 'session_cutoff'),
      'customer_entity.session_cutoff is missing (timestamp)',
    ],
    [
      'a text that is shorter',
      found('customer_entity', varchar('rp_token', 64)),
      'customer_entity.rp_token is varchar(64); at least varchar(128) is needed',
    ],
    [
      'a text where there was a long one',
      found(
        'customer_address_entity',
        column('street', 'varchar', { length: 255, nullable: false, fillsItself: false }),
      ),
      'customer_address_entity.street is varchar(255); at least text is needed',
    ],
    [
      'a number that is smaller',
      found('customer_entity', column('default_billing', 'smallint', { unsigned: true })),
      'customer_entity.default_billing is smallint unsigned; at least int unsigned is needed',
    ],
    [
      'a number with a sign',
      found('customer_entity', column('default_billing', 'int')),
      'customer_entity.default_billing is int; at least int unsigned is needed',
    ],
    [
      'a decimal with fewer digits',
      found('customer_entity_decimal', column('value', 'decimal', { precision: 10, scale: 4 })),
      'customer_entity_decimal.value is decimal(10,4); at least decimal(12,4) is needed',
    ],
    [
      'a column of another kind',
      found('customer_entity', column('dob', 'varchar', { length: 20 })),
      'customer_entity.dob is varchar(20); at least date is needed',
    ],
    [
      'a column that refuses NULL',
      found('customer_entity', column('taxvat', 'varchar', { length: 50, nullable: false })),
      'customer_entity.taxvat refuses NULL',
    ],
    [
      'a default that is gone',
      found(
        'customer_entity',
        column('is_active', 'smallint', { unsigned: true, nullable: false, fillsItself: false }),
      ),
      'customer_entity.is_active has no default',
    ],
    [
      'an unknown column that must be given',
      found('customer_entity', column('tenant', 'int', { nullable: false, fillsItself: false })),
      'customer_entity.tenant (int) is NOT NULL without a default, and this host does not know what to put there',
    ],
    [
      'a unique key that is gone',
      { ...found('customer_entity'), unique: [['entity_id']] },
      'customer_entity has no unique key on email, website_id',
    ],
    [
      'a table that knows no transactions',
      { ...found('customer_entity'), engine: 'MyISAM' },
      'customer_entity is MyISAM; InnoDB is needed',
    ],
  ];
  for (const [what, table, line] of misfits)
    it(`may not be ${what}`, () => {
      expect(judged(table)).to.deep.equal([line]);
    });

  it('may not lack a table', () => {
    expect(misfitsOf(tablesReliedUpon, []).slice(0, 2)).to.deep.equal([
      'store_website is missing',
      'store_group is missing',
    ]);
  });

  it('does not mind what is never written: an unknown column of a table that is only read', () => {
    const strange = column('tenant', 'int', { nullable: false, fillsItself: false });
    expect(judged(found('directory_country', strange))).to.deep.equal([]);
  });
});
