import { expect } from 'chai';
import { readPaging } from '../../../modules/scim/http/paging.ts';

const sizes = { defaultCount: 10, maxCount: 20 };

describe('readPaging', () => {
  it('reads a page by index, whatever the numbers are', () => {
    expect(readPaging({}, sizes)).to.deep.equal({ startIndex: 1, count: 10 });
    expect(readPaging({ startIndex: '-3', count: '99' }, sizes)).to.deep.equal({ startIndex: 1, count: 20 });
    expect(readPaging({ startIndex: 5, count: -1 }, sizes)).to.deep.equal({ startIndex: 5, count: 0 });
  });

  it('reads a page by cursor where there is one, be it empty', () => {
    expect(readPaging({ cursor: '' }, sizes)).to.deep.equal({ startIndex: 1, count: 10, cursor: '' });
    expect(readPaging({ cursor: 'a~b', count: '20', startIndex: '' }, sizes)).to.include({ count: 20, cursor: 'a~b' });
  });

  it('takes cursors of 8,192 characters, and no longer ones', () => {
    expect(readPaging({ cursor: 'a'.repeat(8192) }, sizes).cursor).to.have.length(8192);
    expect(() => readPaging({ cursor: 'a'.repeat(8193) }, sizes)).to.throw(/cursor/);
  });
});
