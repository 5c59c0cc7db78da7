import { expect } from 'chai';
import fc from 'fast-check';
import { type DirectRow, difference, type MappingDocument } from '../../../modules/attribute-mapping/index.ts';

const row = (id: string, more: Partial<DirectRow> = {}): DirectRow => ({
  id,
  type: 'direct',
  source: 'title',
  target: id,
  ...more,
});
const of = (...rows: DirectRow[]): MappingDocument => ({ version: 1, rows });

describe('The difference of two mappings', () => {
  it('is none for the same rows, whatever the order of their members', () => {
    const turned = Object.fromEntries(Object.entries(row('a')).reverse()) as unknown as DirectRow;
    expect(difference(of(row('a')), of(turned)).same).to.equal(true);
  });

  it('names rows that came and went', () => {
    const { same, added, removed, changed, moved } = difference(of(row('a'), row('b')), of(row('b'), row('c')));
    expect({ same, added, removed, changed, moved }).to.deep.equal({
      same: false,
      added: [row('c')],
      removed: [row('a')],
      changed: [],
      moved: [],
    });
  });

  it('names what changed in a row, field by field, and what a field was before it was there', () => {
    const [before, after] = [
      row('a', { required: true, transforms: ['trim'], default: ['x'] }),
      row('a', { source: 'nickName', transforms: ['trim', 'upper'], default: ['x'] }),
    ];
    expect(difference(of(before), of(after)).changed).to.deep.equal([
      {
        id: 'a',
        before,
        after,
        fields: [
          { field: 'source', before: 'title', after: 'nickName' },
          { field: 'required', before: true },
          { field: 'transforms', before: ['trim'], after: ['trim', 'upper'] },
        ],
      },
    ]);
  });

  it('names the fewest rows that moved', () => {
    const [a, b, c, d] = [row('a'), row('b'), row('c'), row('d')];
    expect(difference(of(a, b, c, d), of(d, a, b, c)).moved).to.deep.equal([{ id: 'd', from: 4, to: 1 }]);
    expect(difference(of(a, b, c, d), of(b, c, a, d)).moved).to.deep.equal([{ id: 'a', from: 1, to: 3 }]);
    expect(difference(of(a, b, c), of(b, c)).moved).to.deep.equal([]);
  });

  it('tells declared sources apart', () => {
    const from: MappingDocument = { version: 1, rows: [], sources: [{ name: 'one' }, { name: 'two' }] };
    const to: MappingDocument = {
      version: 1,
      rows: [],
      sources: [{ name: 'two', type: 'integer' }, { name: 'three' }],
    };
    expect(difference(from, to)).to.deep.include({
      same: false,
      sources: {
        added: [{ name: 'three' }],
        removed: [{ name: 'one' }],
        changed: [{ name: 'two', fields: [{ field: 'type', after: 'integer' }] }],
      },
    });
  });

  const documents = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'))
    .chain((ids) => fc.tuple(...ids.map((id) => fc.constantFrom(row(id), row(id, { locked: true })))))
    .map((rows): MappingDocument => ({ version: 1, rows }));

  it('leads from the one to the other: what is removed, changed, added and moved makes the second of the first', () => {
    fc.assert(
      fc.property(documents, documents, (from, to) => {
        const { added, removed, changed, moved, same } = difference(from, to);
        const gone = new Set([...removed.map(({ id }) => id), ...moved.map(({ id }) => id)]);
        const next = new Map(changed.map(({ id, after }) => [id, after]));
        const stay = from.rows.filter(({ id }) => !gone.has(id)).map((one) => next.get(one.id) ?? one);
        const put = new Map(
          [...added, ...moved.map(({ id }) => next.get(id) ?? from.rows.find((one) => one.id === id))].map((one) => [
            to.rows.findIndex(({ id }) => id === one?.id),
            one,
          ]),
        );
        const made = to.rows.map((_, place) => put.get(place) ?? stay.shift());
        expect(made).to.deep.equal(to.rows);
        expect(stay).to.deep.equal([]);
        expect(same).to.equal(JSON.stringify(from) === JSON.stringify(to));
        for (const { id, from: before, to: after } of moved) {
          expect(from.rows[before - 1]?.id).to.equal(id);
          expect(to.rows[after - 1]?.id).to.equal(id);
        }
      }),
    );
  });
});
