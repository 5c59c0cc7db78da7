import { expect } from 'chai';
import { type TrialLine, trialLines } from '../../../../modules/provisioning/admin/mapping/trial-line.ts';
import type { Preview } from '../../../../modules/provisioning/index.ts';

const preview = (more: Partial<Preview>): Preview => ({
  request: { method: 'PUT', path: '/Users/7' },
  status: 200,
  tried: 'draft',
  version: 0,
  incoming: [],
  customer: null,
  address: null,
  groups: [],
  present: null,
  difference: [],
  writes: [],
  issues: [],
  trace: [],
  answer: {},
  ...more,
});
const line = (target: string, given: Partial<Preview>, inEffect?: Partial<Preview>): TrialLine | undefined =>
  trialLines({ preview: preview(given), inEffect: inEffect && preview(inEffect) }).find((one) => one.target === target);
const row = (values: Record<string, unknown>) => ({ id: 7, address: null, ...values });

describe('What becomes of a value that is tried', () => {
  it('is new, changed, cleared or the same', () => {
    const verdict = (before: string | null, after: string | null) =>
      line('firstname', {
        customer: { firstname: after },
        present: row({ firstname: before }),
        difference: before === after ? [] : [{ target: 'firstname', before, after }],
      })?.difference;
    expect([verdict(null, 'A'), verdict('A', 'B'), verdict('A', null), verdict('A', 'A')]).to.deep.equal([
      'new',
      'changes',
      'cleared',
      'same',
    ]);
  });

  it('stays as the store has it where the mapping says something else that is not written', () => {
    const given = { customer: { taxvat: 'X' }, present: row({ taxvat: 'Y' }) };
    expect(line('taxvat', given)).to.include({ mapped: 'X', present: 'Y', difference: 'kept' });
  });

  it('is refused with the request', () => {
    expect(line('firstname', { status: 400, customer: { firstname: 'A' } })?.difference).to.equal('refused');
  });

  it('has what came in beside it, also where nothing was mapped', () => {
    const incoming = [
      { target: 'firstname', source: 'nickName', value: undefined },
      { target: 'firstname', source: 'name.givenName', value: 'Ada' },
      { target: 'taxvat', source: 'title', value: undefined },
    ];
    const given = { incoming, customer: null, status: 400 };
    expect(line('firstname', given)?.incoming).to.deep.equal([
      { source: 'nickName', value: undefined },
      { source: 'name.givenName', value: 'Ada' },
    ]);
    expect(line('taxvat', given)).to.equal(undefined);
  });

  it('is of the one address, where the mapping tells billing from shipping', () => {
    const incoming = [{ target: 'billing.city', source: 'addresses[main].locality', value: 'Town' }];
    expect(line('address.city', { incoming, address: { city: 'Town' } })?.incoming).to.have.length(1);
  });

  it('is what the store fills in by itself, and the whole of an address that goes', () => {
    const difference = [
      { target: 'group_id', before: null, after: 1 },
      { target: 'address', before: '1 Main, Town', after: null },
    ];
    expect(line('group_id', { difference })).to.include({ mapped: 1, difference: 'new' });
    expect(line('address', { difference, present: row({}) })).to.include({
      present: '1 Main, Town',
      difference: 'cleared',
    });
  });

  it('tells the mapping in effect only where that comes to something else', () => {
    const given = { customer: { firstname: 'Rissa' } };
    expect(line('firstname', given, { customer: { firstname: 'Iris' } })?.inEffect).to.equal('Iris');
    expect(line('firstname', given, given)).not.to.have.property('inEffect');
    expect(line('firstname', given, { customer: null })).to.have.property('inEffect', undefined);
  });
});
