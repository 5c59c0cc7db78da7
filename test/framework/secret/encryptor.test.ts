import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { createEncryptor, EncryptionError, generateKey, splitKeys } from '../../../modules/framework/index.ts';

// A value that Magento 2.4 wrote, and its key in the form before 2.4.7 and in the form since.
const KEY = '0123456789abcdef0123456789ABCDEF';
const KEY_247 = 'base64MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY=';
const STORED = '0:3:AAECAwQFBgcICQoL8zFSSMP+wGBImk3u661HQ+hy9+3ewAeqZbdXIg==';

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof EncryptionError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
};

describe('encryptor', () => {
  for (const [form, key] of [
    ['raw', KEY],
    ['2.4.7', KEY_247],
  ] as const) {
    it(`reads what Magento wrote, with the ${form} form of the key`, () => {
      expect(createEncryptor([key]).decrypt(STORED)).to.equal('secret-value');
    });
  }

  it('reads back what it wrote, never twice the same, in the same format', () => {
    const encryptor = createEncryptor([KEY]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const stored = encryptor.encrypt(text);
        expect(stored).to.match(/^0:3:[A-Za-z0-9+/]+=*$/);
        expect(stored).not.to.equal(encryptor.encrypt(text));
        expect(encryptor.decrypt(stored)).to.equal(text);
      }),
      { numRuns: 50 },
    );
  });

  it('writes with the newest key and still reads with older ones', () => {
    const both = createEncryptor(splitKeys(`${KEY}\n ${generateKey()} `));
    expect(both.encrypt('x')).to.match(/^1:3:/);
    expect(both.decrypt(STORED)).to.equal('secret-value');
  });

  it('says why it cannot decrypt', () => {
    const encryptor = createEncryptor([KEY]);
    for (const legacy of ['0:2:aXY=:ZGF0YQ==', '0:2:ZGF0YQ==', '0:1:ZGF0YQ==', 'ZGF0YQ==', '', '0:3:']) {
      expect(codeOf(() => encryptor.decrypt(legacy))).to.match(/^CANNOT_DECRYPT: cannot decrypt: not in the format/);
    }
    expect(codeOf(() => encryptor.decrypt(`7${STORED.slice(1)}`))).to.match(/^CANNOT_DECRYPT: .* no key 7/);
    expect(codeOf(() => createEncryptor([generateKey()]).decrypt(STORED))).to.match(/^CANNOT_DECRYPT: .*another key/);
    expect(codeOf(() => encryptor.decrypt('0:3:AAEC'))).to.match(/^CANNOT_DECRYPT/);
  });

  it('refuses a text of which one bit was changed, the nonce included', () => {
    const encryptor = createEncryptor([KEY]);
    const bytes = Buffer.from(STORED.slice(4), 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(codeOf(() => encryptor.decrypt(`0:3:${changed.toString('base64')}`))).to.match(/^CANNOT_DECRYPT/);
    }
  });

  it('refuses keys that have not 32 bytes, and none at all', () => {
    for (const keys of [[], ['short'], ['base64AAAA'], [KEY, 'short']]) {
      expect(codeOf(() => createEncryptor(keys))).to.match(/^CRYPT_KEY: CRYPT_KEY/);
    }
  });

  it('makes keyed digests as Magento does, and digests that tell their key', () => {
    // Magento's Encryptor::hash('Tandem-Kettle-42', SHA-256 without salt) with this key
    const expected = '00bf931b7f5a6a2c41b10e37b5aad7bb79c73283590282f44e909814fefe5ef0';
    expect(createEncryptor([KEY]).hmac('Tandem-Kettle-42').toString('hex')).to.equal(expected);
    expect(createEncryptor([KEY_247]).digest('Tandem-Kettle-42')).to.equal(`0:${expected}`);
  });

  it('recognises a digest under the key that made it, whatever the newest is', () => {
    const old = createEncryptor([KEY]).digest('token');
    const rotated = createEncryptor([KEY, generateKey()]);
    expect(rotated.digest('token')).to.match(/^1:/);
    expect(rotated.verifyDigest('token', old)).to.equal(true);
    expect(rotated.verifyDigest('token', rotated.digest('token'))).to.equal(true);
    expect(rotated.verifyDigest('Token', old)).to.equal(false);
  });

  it('recognises no malformed digest and none of an unknown key', () => {
    const encryptor = createEncryptor([KEY]);
    const digest = encryptor.digest('token');
    const plain = createHash('sha256').update('token').digest('hex');
    for (const stored of [
      '',
      '0:',
      'token',
      digest.slice(2),
      `1${digest.slice(1)}`,
      digest.toUpperCase(),
      `0:${plain}`,
    ]) {
      expect(encryptor.verifyDigest('token', stored)).to.equal(stored === digest);
    }
  });
});
