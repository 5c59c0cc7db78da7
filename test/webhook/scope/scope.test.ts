import { expect } from 'chai';
import fc from 'fast-check';
import { scopeChoices } from '../../../modules/webhook/scope/catalogue.ts';
import { patternsOver, readScope, reservedWarning, scopeCovers } from '../../../modules/webhook/scope/scope.ts';
import { WebhookError } from '../../../modules/webhook/webhook-error.ts';

const known = [
  { scope: 'store/customer/created', label: 'A customer was created' },
  { scope: 'store/customer/address/created', label: 'A customer has a new address' },
  { scope: 'store/provisioning/held', label: 'Held' },
];

describe('Scopes of webhooks', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  const scope = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => ['store', ...words].join('/'));

  it('cover themselves, and with * at the end everything below and nothing beside', () => {
    fc.assert(
      fc.property(scope, scope, (one, other) => {
        expect(scopeCovers(one, one)).to.equal(true);
        expect(scopeCovers(`${one}/*`, other)).to.equal(other.startsWith(`${one}/`));
        expect(scopeCovers(one, other)).to.equal(one === other);
        expect(scopeCovers('store/*', other)).to.equal(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are covered by the patterns over them and by no others', () => {
    fc.assert(
      fc.property(scope, scope, (one, other) => {
        for (const pattern of patternsOver(one)) expect(scopeCovers(pattern, one), pattern).to.equal(true);
        expect(patternsOver(one)).to.have.lengthOf(one.split('/').length);
        expect(patternsOver(one).includes(`${other}/*`)).to.equal(scopeCovers(`${other}/*`, one));
      }),
      { numRuns: 300 },
    );
  });

  it('do not cover a word that only begins alike, nor what is above the wildcard', () => {
    expect(scopeCovers('store/customer/*', 'store/customers/created')).to.equal(false);
    expect(scopeCovers('store/customer/address/*', 'store/customer/created')).to.equal(false);
    expect(scopeCovers('store/customer/*', 'store/customer')).to.equal(false);
    expect(scopeCovers('store/customer/*', 'store/customer/address/created')).to.equal(true);
  });

  for (const good of ['store/*', 'store/customer/*', ' store/customer/created ', 'store/provisioning/held'])
    it(`can be subscribed to as "${good}"`, () => expect(readScope(good, known)).to.equal(good.trim()));

  for (const bad of [
    '',
    '*',
    'store',
    'store/',
    'store/customer',
    'store/customer/*/created',
    'store/customer/creat*',
    'Store/customer/*',
    'store//created',
    'store/customer/merged',
    'store/merchant/*',
    'customer/created',
    `store/${'x'.repeat(130)}`,
  ])
    it(`refuses "${bad.slice(0, 40)}" and says what there is`, () => {
      expect(() => readScope(bad, known))
        .to.throw(WebhookError, /store\/customer\/created/)
        .that.includes({ code: 'WEBHOOK_INVALID', field: 'scope' });
    });

  it('of words that are kept free are taken with a warning that nothing is sent', () => {
    for (const reserved of ['store/order/*', 'store/product/updated', 'store/order/statusupdated'])
      expect(readScope(reserved, known)).to.equal(reserved);
    expect(reservedWarning('store/product/*')).to.match(/^Nothing is sent for "store\/product\/\*" yet/);
    expect(reservedWarning('store/customer/*')).to.equal(undefined);
    expect(reservedWarning('store/*')).to.equal(undefined);
  });

  it('make a list to choose from, each wildcard before what it covers', () => {
    expect(scopeChoices(known).map(({ scope, covers }) => [scope, covers.length])).to.deep.equal([
      ['store/*', 3],
      ['store/customer/*', 2],
      ['store/customer/address/*', 1],
      ['store/customer/address/created', 1],
      ['store/customer/created', 1],
      ['store/provisioning/*', 1],
      ['store/provisioning/held', 1],
    ]);
    expect(scopeChoices(known)[1]?.label).to.equal('Everything about customers');
  });
});
