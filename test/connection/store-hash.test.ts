import { expect } from 'chai';
import { storeHash } from '../../modules/connection/index.ts';

describe('The store hash of a connection', () => {
  it('is ten lower-case letters and digits, the same for ever', () => {
    expect([storeHash(1), storeHash(2), storeHash(null)]).to.deep.equal(['byjdnsu4va', 'bz4g9qxs8c', '9rky5wabd0']);
  });

  it('is another one for every connection', () => {
    const hashes = Array.from({ length: 5_000 }, (_, id) => storeHash(id));
    expect(new Set([...hashes, storeHash(null)]).size).to.equal(5_001);
    expect(hashes.every((hash) => /^[a-z0-9]{10}$/.test(hash))).to.equal(true);
  });
});
