import { expect } from 'chai';
import { homeIn } from '../../modules/transfer/import/home.ts';
import { readingOf } from '../../modules/transfer/import/reading.ts';
import type { Surroundings } from '../../modules/transfer/import/surroundings.ts';
import type { Fault } from '../../modules/transfer/transfer-error.ts';

const website = (id: number, code: string) => ({ id, code, name: code, defaultStoreId: id, isDefault: id === 1 });
const store = (id: number, code: string, websiteId: number) => ({ id, code, name: code, websiteId, active: true });

describe('where a row of a file belongs', () => {
  const surroundings: Surroundings = {
    codecs: new Map(),
    websites: [website(1, 'base'), website(2, 'second')],
    stores: [store(0, 'admin', 0), store(1, 'default', 1), store(2, 'german', 2)],
    groups: [
      { id: 1, code: 'General', taxClassId: 3 },
      { id: 2, code: '1', taxClassId: 3 },
    ],
    countryOf: (text) => text,
  };

  function home(
    cells: Readonly<Record<string, string>>,
    given: { websiteId?: number; known?: boolean } = {},
    around = surroundings,
  ) {
    const faults: Fault[] = [];
    const reading = readingOf({ line: 7, cells: new Map(Object.entries(cells)), source: undefined }, faults);
    const { websiteId, known = false } = given;
    return { ...homeIn(reading, around, { websiteId, known }), faults: faults.map(({ message }) => message) };
  }

  it('is the website that it names, else the one that was asked for, else the only one there is', () => {
    expect(home({ _website: 'Second' }, { websiteId: 1 }).websiteId).to.equal(2);
    expect(home({}, { websiteId: 2 }).websiteId).to.equal(2);
    expect(home({}, {}, { ...surroundings, websites: [website(5, 'alone')] }).websiteId).to.equal(5);
    expect(home({}).faults).to.deep.equal(['The row names no website. Write one of base, second, or give --website.']);
    expect(home({}, { known: true })).to.deep.include({ websiteId: undefined, faults: [] });
    expect(home({ _website: 'admin' }).faults).to.have.length(1);
  });

  it('is a store view of that website; the administration means none', () => {
    expect(home({ _website: 'second', _store: 'german' }).attributes).to.deep.equal({ store_id: 2 });
    expect(home({ _website: 'second', _store: 'admin' })).to.deep.include({ attributes: {}, faults: [] });
    expect(home({ _website: 'second', _store: 'default' }).faults).to.deep.equal([
      'The store view "default" belongs to another website. Write one of the customer\'s.',
    ]);
  });

  it('is a group by its code, or by its id as Magento writes it', () => {
    expect(home({ _website: 'base', _group: '1', group_id: '1' }).attributes).to.deep.equal({ group_id: 2 });
    expect(home({ _website: 'base', group_id: '1' }).attributes).to.deep.equal({ group_id: 1 });
    expect(home({ _website: 'base', group_id: 'general' }).attributes).to.deep.equal({ group_id: 1 });
    expect(home({ _website: 'base', group_id: '0' }).faults).to.deep.equal([
      'There is no customer group "0". Write one of General, 1, or create it first.',
    ]);
  });
});
