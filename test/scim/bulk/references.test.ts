import { expect } from 'chai';
import fc from 'fast-check';
import { referencesOf, resolveData, resolvePath } from '../../../modules/scim/bulk/references.ts';

const idOf = (bulkId: string): string => `<${bulkId}>`;

describe('references to what an operation of a bulk request makes', () => {
  it('are found as values at any depth, in $ref and in the filters of paths', () => {
    const data = {
      members: [{ value: 'bulkId:a', $ref: '../Users/bulkId:a' }],
      deep: { deeper: ['bulkId:b:c'] },
      Operations: [{ op: 'remove', path: 'members[value eq "bulkId:d\\"e"]', value: { 'x[value eq "bulkId:f"]': 1 } }],
    };
    expect(resolveData(data, idOf)).to.deep.equal({
      members: [{ value: '<a>', $ref: '../Users/%3Ca%3E' }],
      deep: { deeper: ['<b:c>'] },
      Operations: [{ op: 'remove', path: 'members[value eq "<d\\"e>"]', value: { 'x[value eq "<f>"]': 1 } }],
    });
    expect([...referencesOf({ path: '/Groups/bulkId:g', data })]).to.have.members(['a', 'b:c', 'd"e', 'f', 'g']);
  });

  it('are found in the path of an operation', () => {
    expect(resolvePath('/Groups/bulkId:x', idOf)).to.equal('/Groups/%3Cx%3E');
    expect(resolvePath('/Groups/7', idOf)).to.equal('/Groups/7');
  });

  it('are nothing that only looks like one', () => {
    const data = { displayName: 'a bulkId:x', note: 'http://x/bulkId:x', path: 'x "bulkId:', bulkId: 'x' };
    expect(resolveData(data, idOf)).to.deep.equal(data);
    expect(referencesOf({ path: '/Users', data }).size).to.equal(0);
  });

  it('are all there is to change: other data comes back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        fc.pre(!JSON.stringify(data).includes('bulkId:') && !JSON.stringify(data).includes('__proto__'));
        expect(resolveData(data, idOf)).to.deep.equal(data);
      }),
    );
  });
});
