import { expect } from 'chai';
import { readParameters, readTarget, segmentsOf } from '../../../modules/scim/http/target.ts';
import { ScimError } from '../../../modules/scim/index.ts';

const base = segmentsOf('/scim/v2');

describe('readTarget', () => {
  it('finds the segments below the base, whatever the slashes', () => {
    for (const url of ['/scim/v2/Users/1', '//scim//v2///Users/1/', '/scim/v2/Users/1?']) {
      expect(readTarget(url, base), url).to.deep.equal({ segments: ['Users', '1'], query: '' });
    }
  });

  it('decodes segments after cutting them', () => {
    expect(readTarget('/scim/v2/Users/a%2Fb%20c', base)?.segments).to.deep.equal(['Users', 'a/b c']);
    for (const bad of ['%ff', '%', '%00']) expect(() => readTarget(`/scim/v2/Users/${bad}`, base)).to.throw(ScimError);
  });

  it('takes the connection out of the path', () => {
    const target = readTarget('/scim/v2/connections/shop/Users?count=1', base);
    expect(target).to.deep.equal({ segments: ['Users'], connection: 'shop', query: 'count=1' });
  });

  it('is undefined elsewhere', () => {
    for (const url of ['/', '/scim', '/scim/v1/Users', '/SCIM/v2', '/admin/scim/v2']) {
      expect(readTarget(url, base), url).to.equal(undefined);
    }
  });
});

describe('readParameters', () => {
  it('takes + for a blank, but not beside %20, and never in interop-strict', () => {
    const read = (mode: 'compat' | 'interop-strict'): object =>
      Object.fromEntries(readParameters('a=x+y&b=x+y%20z', { mode, notes: [] }));
    expect(read('compat')).to.deep.equal({ a: 'x y', b: 'x+y z' });
    expect(read('interop-strict')).to.deep.equal({ a: 'x+y', b: 'x+y z' });
  });

  it('reads names without case and values with theirs', () => {
    const parameters = readParameters('StartIndex=1&&filter=a%3D%22B%22&flag&=x', { mode: 'compat', notes: [] });
    expect(Object.fromEntries(parameters)).to.deep.equal({ startindex: '1', filter: 'a="B"', flag: '', '': 'x' });
  });
});
