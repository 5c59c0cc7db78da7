import { expect } from 'chai';
import type { ChangeRow } from '../../modules/change-capture/change-row.ts';
import type { ChangeKind } from '../../modules/change-capture/index.ts';
import { fold } from '../../modules/change-capture/pump/fold.ts';

const [profile, group, password] = [1, 2, 4];

describe('Changes of one batch', () => {
  type Given = Partial<ChangeRow> & { readonly kind: ChangeKind };

  /** Rows of customer 7, unless said otherwise. */
  const rows = (given: readonly Given[]): ChangeRow[] =>
    given.map((row, index) => ({
      change_id: index + 1,
      customer_id: 7,
      website_id: 1,
      address_id: null,
      aspects: row.kind === 'updated' ? profile : 0,
      own: 0,
      cause: null,
      at_ms: index,
      ...row,
    }));
  const told = (...given: readonly Given[]) =>
    fold(rows(given)).map(({ change_id, kind, aspects }) => [change_id, kind, aspects]);

  it('of one customer by one hand become one update about everything, where the last one stands', () => {
    expect(
      told({ kind: 'updated' }, { kind: 'updated', customer_id: 8 }, { kind: 'updated', aspects: password }),
    ).to.deep.equal([
      [2, 'updated', profile],
      [3, 'updated', profile | password],
    ]);
  });

  it('stay apart by who made them', () => {
    expect(
      told({ kind: 'updated', own: 1, cause: 'connection:1' }, { kind: 'updated', own: 1 }, { kind: 'updated' }),
    ).to.have.length(3);
  });

  it('that follow a creation belong to it, except a password and what others do', () => {
    expect(
      told(
        { kind: 'created' },
        { kind: 'updated', aspects: profile | group },
        { kind: 'updated', aspects: profile | password },
        { kind: 'updated', own: 1 },
      ),
    ).to.deep.equal([
      [1, 'created', 0],
      [3, 'updated', password],
      [4, 'updated', profile],
    ]);
  });

  it('before a deletion are told by it, but not a creation', () => {
    expect(
      told(
        { kind: 'created' },
        { kind: 'address-created', address_id: 3 },
        { kind: 'updated', own: 1 },
        { kind: 'updated', customer_id: 8 },
        { kind: 'address-deleted', address_id: 3 },
        { kind: 'deleted' },
      ).map(([id]) => id),
    ).to.deep.equal([1, 4, 6]);
  });

  it('after a deletion are told: the id was taken again', () => {
    expect(told({ kind: 'deleted' }, { kind: 'created' }, { kind: 'updated', own: 1 }).map(([id]) => id)).to.deep.equal(
      [1, 2, 3],
    );
  });

  it('before a deletion have nothing to do with those after it', () => {
    expect(told({ kind: 'created' }, { kind: 'deleted' }, { kind: 'updated' })).to.deep.equal([
      [1, 'created', 0],
      [2, 'deleted', 0],
      [3, 'updated', profile],
    ]);
  });

  it('of one address become one', () => {
    expect(
      told(
        { kind: 'address-updated', address_id: 3 },
        { kind: 'address-updated', address_id: 4 },
        { kind: 'address-updated', address_id: 3 },
        { kind: 'address-created', address_id: 5 },
        { kind: 'address-updated', address_id: 5 },
        { kind: 'address-deleted', address_id: 4 },
      ),
    ).to.deep.equal([
      [2, 'address-updated', 0],
      [3, 'address-updated', 0],
      [4, 'address-created', 0],
      [6, 'address-deleted', 0],
    ]);
  });
});
