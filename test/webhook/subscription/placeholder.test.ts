import { expect } from 'chai';
import fc from 'fast-check';
import { storeHash } from '../../../modules/connection/index.ts';
import {
  filledDestination,
  placeholderNames,
  placeholdersIn,
} from '../../../modules/webhook/subscription/placeholder.ts';
import { warningsOf } from '../../../modules/webhook/subscription/warnings.ts';
import { happened } from '../room.ts';

const filling = (destination: string) => ({ destination, fillsPlaceholders: true, connectionId: 3 });

describe('Placeholders of a destination', () => {
  it('are filled in both spellings, encoded', () => {
    const event = happened('store/customer/address/created', {
      data: { type: 'customer', id: 60, address: { customer_id: 7 } },
    });
    expect(
      filledDestination(
        filling('https://h.example/{customerId}/{customer_id}/{storeHash}/{store_hash}/{storeId}/{id}?s={scope}'),
        event,
      ),
    ).to.equal(`https://h.example/7/7/${storeHash(3)}/${storeHash(3)}/1/60?s=store%2Fcustomer%2Faddress%2Fcreated`);
  });

  it('become empty where the event has nothing of the kind', () => {
    const event = happened('store/provisioning/held', { customerId: null, websiteId: null });
    expect(filledDestination(filling('https://h.example/u/{customerId}?w={storeId}'), event)).to.equal(
      'https://h.example/u/?w=',
    );
  });

  it('stay as they were typed where nobody knows them, or the administrator wants none filled in', () => {
    const url = 'https://h.example/{accountId}/{customerId}';
    expect(filledDestination(filling(url), happened('store/customer/created'))).to.equal(
      'https://h.example/{accountId}/7',
    );
    const kept = { ...filling(url), fillsPlaceholders: false };
    expect(filledDestination(kept, happened('store/customer/created'))).to.equal(url);
  });

  it('never change the server, nor add to the path or the query, whatever is filled in', () => {
    const part = fc.oneof(
      fc.constantFrom(...placeholderNames.map((name) => `{${name}}`)),
      fc.stringMatching(/^[a-z0-9._~-]{1,8}$/),
    );
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('/../..', '?a=b', '#x', '@evil.example', '//evil.example/'),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), part, value, (path, query, text) => {
        const destination = `https://h.example/x${path.join('/')}?q=${query}`;
        const event = happened(text, { data: { type: 'customer', id: text } });
        const url = new URL(filledDestination(filling(destination), event));
        expect(url.origin).to.equal('https://h.example');
        expect(url.hash).to.equal('');
        expect([...url.searchParams.keys()]).to.deep.equal(['q']);
        expect(url.pathname.split('/').length).to.be.at.most(path.length + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('are listed once each, with what is filled in', () => {
    expect(placeholdersIn('https://h.example/{customerId}/{x}/{customerId}?{}')).to.deep.equal([
      { name: 'customerId', filled: 'the id of the customer' },
      { name: 'x', filled: undefined },
      { name: '', filled: undefined },
    ]);
    expect(placeholdersIn('https://h.example/{open')).to.deep.equal([]);
  });

  it('are warned of where they will reach the receiver unfilled', () => {
    const warnings = (destination: string, fillsPlaceholders: boolean) =>
      warningsOf({ scope: 'store/customer/*', destination, fillsPlaceholders, disabledBecause: null });
    expect(warnings('https://h.example/{customerId}', false)).to.have.lengthOf(1);
    expect(warnings('https://h.example/{customerId}', false)[0]).to.match(/^\{customerId\} in the destination is sent/);
    expect(warnings('https://h.example/{customerId}', true)).to.deep.equal([]);
    expect(warnings('https://h.example/{customerId}/{tenant}', true)[0]).to.match(/^Nobody knows \{tenant\} in/);
    expect(warnings('https://h.example/', false)).to.deep.equal([]);
  });
});
