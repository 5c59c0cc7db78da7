import { expect } from 'chai';
import type { CapturedChange } from '../../../modules/change-capture/index.ts';
import { eventsOfChanges } from '../../../modules/webhook/event/captured-events.ts';

const change = (more: Partial<CapturedChange>): CapturedChange => ({
  id: 1,
  kind: 'updated',
  customerId: 7,
  websiteId: 1,
  addressId: null,
  aspects: [],
  own: true,
  cause: null,
  atMs: 5,
  ...more,
});
const scopes = (...changes: Partial<CapturedChange>[]) =>
  eventsOfChanges(changes.map(change)).map(({ event }) => event.scope.replace('store/customer/', ''));

describe('Events of captured changes', () => {
  it('say what a change was about', () => {
    expect(scopes({ kind: 'created' })).to.deep.equal(['created']);
    expect(scopes({ kind: 'deleted' })).to.deep.equal(['deleted']);
    expect(scopes({ aspects: ['profile'] })).to.deep.equal(['updated']);
    expect(scopes({ aspects: [] })).to.deep.equal(['updated']);
    expect(scopes({ aspects: ['group'] })).to.deep.equal(['updated', 'group']);
    expect(scopes({ aspects: ['password'] })).to.deep.equal(['password']);
    expect(scopes({ aspects: ['profile', 'password'] })).to.deep.equal(['updated', 'password']);
    expect(scopes({ aspects: ['profile', 'group', 'password'] })).to.deep.equal(['updated', 'group', 'password']);
    expect(scopes({ kind: 'address-created', addressId: 60 })).to.deep.equal(['address/created']);
    expect(scopes({ kind: 'address-updated', addressId: 60 })).to.deep.equal(['address/updated']);
    expect(scopes({ kind: 'address-deleted', addressId: 60 })).to.deep.equal(['address/deleted']);
  });

  it("name the customer, and of an address its id and whose it is, as BigCommerce's do", () => {
    const [created, address] = eventsOfChanges([
      change({ kind: 'created', cause: 'connection:3' }),
      change({ id: 2, kind: 'address-created', addressId: 60, atMs: 6 }),
    ]).map(({ event }) => event);
    expect(created).to.deep.equal({
      scope: 'store/customer/created',
      data: { type: 'customer', id: 7 },
      customerId: 7,
      websiteId: 1,
      cause: 'connection:3',
      atMs: 5,
    });
    expect(address).to.deep.include({ data: { type: 'customer', id: 60, address: { customer_id: 7 } }, customerId: 7 });
  });

  it('stay in order, none of them folded into another', () => {
    expect(
      scopes(
        { kind: 'created', customerId: 8 },
        { aspects: ['profile'], own: false },
        { aspects: ['profile'], cause: 'connection:3' },
        { kind: 'deleted' },
      ),
    ).to.deep.equal(['created', 'updated', 'updated', 'deleted']);
  });
});
