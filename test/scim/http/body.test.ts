import { expect } from 'chai';
import fc from 'fast-check';
import { inspect } from '../../../modules/scim/http/body.ts';
import { ScimError } from '../../../modules/scim/index.ts';

describe('inspect', () => {
  it('accepts every ordinary JSON value and nothing with a forbidden name', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const forbidden = /"(__proto__|constructor|prototype)":/.test(JSON.stringify(value));
        fc.pre(!forbidden);
        inspect(value, 32);
        expect(() => inspect({ a: [value, JSON.parse('{"__proto__":1}')] }, 32)).to.throw(ScimError);
      }),
    );
  });
});
