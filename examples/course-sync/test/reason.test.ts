import { expect } from 'chai';
import { checkedMapping } from '../course/checked-mapping.ts';
import type { Mapping } from '../course/mapping.ts';
import { grantedByGroups } from '../reason/granted.ts';
import { courseDifference, type Reason, reasonChanges } from '../reason/reason.ts';

const reason = (mappingId: number, origin: string, more: Partial<Reason> = {}): Reason => ({
  mappingId,
  kind: 'product',
  origin,
  course: `C${mappingId}`,
  kept: false,
  ...more,
});
const mapping = (id: number, more: Partial<Mapping> = {}): Mapping => ({
  id,
  kind: 'product',
  subject: 'SKU',
  customerGroupId: null,
  connectionId: null,
  course: `C${id}`,
  keeps: false,
  parting: null,
  walking: false,
  ...more,
});
const known = (...mappings: readonly Mapping[]) => new Map(mappings.map((one) => [one.id, one]));

describe('Reasons of the course sync', () => {
  it('come and go by themselves, whatever others there are', () => {
    const changes = reasonChanges(
      [reason(1, 'A'), reason(1, 'B')],
      [reason(1, 'B'), reason(2, 'B')],
      known(mapping(1)),
    );
    expect(changes).to.deep.equal({ add: [reason(2, 'B')], end: [reason(1, 'A')], keep: [] });
  });

  it('stay where their mapping keeps, and are ordinary ones again once they are given anew', () => {
    const keeps = known(mapping(1, { keeps: true }));
    expect(reasonChanges([reason(1, 'A')], [], keeps)).to.deep.equal({ add: [], end: [], keep: [reason(1, 'A')] });
    const kept = reason(1, 'A', { kept: true });
    expect(reasonChanges([kept], [], keeps)).to.deep.equal({ add: [], end: [], keep: [] });
    expect(reasonChanges([kept], [reason(1, 'A')], keeps).add).to.deep.equal([reason(1, 'A')]);
  });

  it('end with a mapping that is gone, and as its removal was chosen', () => {
    expect(reasonChanges([reason(1, 'A')], [], known()).end).to.have.length(1);
    expect(reasonChanges([reason(1, 'A')], [], known(mapping(1, { parting: 'keep' }))).keep).to.have.length(1);
    const parting = known(mapping(1, { keeps: true, parting: 'take-back' }));
    expect(reasonChanges([reason(1, 'A')], [], parting).end).to.have.length(1);
  });

  it('are counted: a course is taken back with the last of them only', () => {
    const two = [reason(1, 'A', { course: 'X' }), reason(2, '7', { course: 'X' })];
    expect(courseDifference(two, [])).to.deep.equal({ enrol: ['X'], unenrol: [] });
    expect(courseDifference(two.slice(1), ['X'])).to.deep.equal({ enrol: [], unenrol: [] });
    expect(courseDifference([], ['X', 'B'])).to.deep.equal({ enrol: [], unenrol: ['B', 'X'] });
  });

  it('are given by the groups that a customer is in, by name and connection', () => {
    const staff = { groupId: 3, displayName: 'STAFF ', connectionId: 1, direct: true };
    const belonging = { customerGroupId: 2, memberships: [staff, { ...staff, groupId: 9, connectionId: 2 }] };
    const mappings = [
      mapping(1, { kind: 'customer-group', customerGroupId: 2 }),
      mapping(2, { kind: 'customer-group', customerGroupId: 1 }),
      mapping(3, { kind: 'scim-group', subject: 'Staff' }),
      mapping(4, { kind: 'scim-group', subject: 'Staff', connectionId: 2 }),
      mapping(5, { kind: 'scim-group', subject: 'Others' }),
      mapping(6, { kind: 'scim-group', subject: 'Staff', parting: 'keep' }),
      mapping(7, { kind: 'product', subject: 'Staff' }),
    ];
    const told = grantedByGroups(mappings, belonging).map(({ mappingId, origin }) => `${mappingId} by ${origin}`);
    expect(told).to.deep.equal(['1 by 2', '3 by 3', '3 by 9', '4 by 9']);
    expect(grantedByGroups(mappings, { ...belonging, customerGroupId: null })).to.deep.equal([]);
  });

  it('need a mapping that says what and which course', () => {
    const valid = { kind: 'product', subject: ' A-1 ', course: ' X ' } as const;
    expect(checkedMapping(valid)).to.include({ subject: 'A-1', course: 'X', keeps: false, connectionId: null });
    expect(() => checkedMapping({ ...valid, subject: ' ' })).to.throw('Say which product');
    expect(() => checkedMapping({ ...valid, course: '' })).to.throw('Say which course');
    expect(() => checkedMapping({ ...valid, course: 'x'.repeat(192) })).to.throw('has 192');
    expect(() => checkedMapping({ ...valid, kind: 'customer-group' })).to.throw('Choose a customer group');
  });
});
