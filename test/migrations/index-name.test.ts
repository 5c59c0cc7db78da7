import { expect } from 'chai';
import fc from 'fast-check';
import { foreignKeyName, indexName } from '../../migrations/store-schema/index-name.ts';
import { declaredTables, nameInDatabase } from './magento-facts.ts';

describe("Magento's names of keys", () => {
  it('are those it declares, for every foreign key of the store', () => {
    for (const [table, { foreignKeys }] of Object.entries(declaredTables)) {
      for (const key of foreignKeys) {
        expect(foreignKeyName(table, key.column, key.refTable, key.refColumn)).to.equal(nameInDatabase(key));
      }
    }
  });

  it('are those it declares, for every index of the store', () => {
    for (const [table, { uniqueKeys, indexes }] of Object.entries(declaredTables)) {
      for (const key of uniqueKeys) expect(indexName(table, key.columns, 'UNQ')).to.equal(key.name);
      for (const key of indexes) {
        expect(indexName(table, key.columns, key.kind === 'fulltext' ? 'FTI' : 'IDX')).to.equal(key.name);
      }
    }
  });

  it('abbreviate words only beyond 64 characters, of which the table prefix is part', () => {
    const columns = ['entity_id', 'attribute_id', 'value'];
    expect(indexName('customer_address_entity_datetime', columns, 'IDX')).to.equal(
      'CUSTOMER_ADDRESS_ENTITY_DATETIME_ENTITY_ID_ATTRIBUTE_ID_VALUE',
    );
    expect(indexName('shop_customer_address_entity_datetime', columns, 'IDX')).to.equal(
      'SHOP_CSTR_ADDR_ENTT_DTIME_ENTT_ID_ATTR_ID_VAL',
    );
  });

  it('fall back on the md5 digest of the lower-case name', () => {
    const name = indexName('t', ['a'.repeat(80)], 'UNQ');
    expect(name).to.match(/^UNQ_[0-9A-F]{32}$/);
  });

  it('always fit into 64 characters', () => {
    const words = fc.array(fc.constantFrom('customer', 'entity', 'website', 'id', 'gadget', 'value'), { minLength: 1 });
    fc.assert(
      fc.property(words, words, (table, columns) => {
        expect(indexName(table.join('_'), columns, 'IDX')).to.have.length.at.most(64);
      }),
      { numRuns: 200 },
    );
  });
});
