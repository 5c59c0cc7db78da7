import { expect } from 'chai';
import {
  checkImmutable,
  defineSchema,
  extendResourceType,
  ScimError,
  userResourceType,
} from '../../../modules/scim/index.ts';

const badge = defineSchema({
  id: 'urn:example:badge:1.0:User',
  name: 'Badge',
  description: 'A badge.',
  attributes: [
    { name: 'number', description: 'Given once.', mutability: 'immutable' },
    {
      name: 'door',
      description: 'A door.',
      subAttributes: [
        { name: 'code', description: 'Given once.', mutability: 'immutable' },
        { name: 'label', description: 'Free.' },
      ],
    },
  ],
});
const type = extendResourceType(userResourceType, badge);
const withBadge = (attributes: object) => ({ userName: 'a', [badge.id]: attributes });
const stored = withBadge({ number: '7', door: { code: 'x', label: 'a' } });

describe('checkImmutable', () => {
  it('lets what is immutable be set once, and be sent again as it is', () => {
    checkImmutable({ userName: 'a' }, stored, type);
    checkImmutable(stored, withBadge({ number: '7', door: { code: 'x', label: 'b' } }), type);
  });

  it('throws mutability where it is changed or left out', () => {
    const changes = [
      { number: '8', door: { code: 'x' } },
      { door: { code: 'x' } },
      { number: '7', door: { code: 'y' } },
      { number: '7' },
    ];
    for (const change of changes) {
      try {
        checkImmutable(stored, withBadge(change), type);
        expect.fail(JSON.stringify(change));
      } catch (error) {
        expect(error).to.be.instanceOf(ScimError).and.to.have.property('scimType', 'mutability');
      }
    }
  });
});
