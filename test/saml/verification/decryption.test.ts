import { expect } from 'chai';
import type { SamlKey } from '../../../modules/saml/provider/provider.ts';
import { decryptAssertion } from '../../../modules/saml/verification/decryption/decrypt.ts';
import { readXml } from '../../../modules/saml/xml/document.ts';
import { type EncryptionFacts, encrypted } from '../idp/encrypt.ts';
import { identity } from '../idp/identity.ts';

const usual: EncryptionFacts = {
  certificate: identity('sp').certificate,
  cipher: 'aes256-gcm',
  transport: 'oaep-sha256',
  keyPlace: 'inside',
};
const sealed = (changes: Partial<EncryptionFacts> = {}, edit = (xml: string) => xml): Element =>
  readXml(edit(encrypted('<secret/>', { ...usual, ...changes }))).root;

/** A key that tells when it is used. */
function watched(name: string, read: string[]): SamlKey {
  const { key } = identity(name);
  return Object.defineProperty({ ...key }, 'privateKey', {
    get() {
      read.push(name);
      return key.privateKey;
    },
  });
}

function failure(element: Element, keys: readonly SamlKey[], envelopeVerified = false): unknown {
  try {
    return decryptAssertion(element, keys, { envelopeVerified });
  } catch (error) {
    return error;
  }
}

describe('decryption of assertions', () => {
  it('reads every cipher and key transport that is accepted', () => {
    const keys = [identity('next-sp').key, identity('sp').key];
    for (const cipher of ['aes128-gcm', 'aes192-gcm', 'aes256-gcm', 'aes128-cbc', 'aes192-cbc', 'aes256-cbc'] as const)
      for (const transport of ['oaep-mgf1p', 'oaep-sha1', 'oaep-sha256', 'oaep-sha512'] as const)
        expect(failure(sealed({ cipher, transport }), keys, true), `${cipher} ${transport}`).to.equal('<secret/>');
  });

  it('decrypts CBC only inside a verified response, whatever the keys', () => {
    for (const cipher of ['aes128-cbc', 'aes192-cbc', 'aes256-cbc'] as const)
      expect(failure(sealed({ cipher }), [identity('sp').key])).to.have.property('code', 'SAML_ENCRYPTION');
  });

  it('tries every key, also after one has fitted and where none fits', () => {
    const read: string[] = [];
    const keys = ['sp', 'next-sp', 'foreign'].map((name) => watched(name, read));
    expect(failure(sealed(), keys)).to.equal('<secret/>');
    expect(read).to.deep.equal(['sp', 'next-sp', 'foreign']);
  });

  it('says one thing of whatever fails', () => {
    const key = [identity('sp').key];
    const bytes = (change: (bytes: Buffer) => Buffer, which: 0 | 1) => (xml: string) => {
      let seen = 0;
      return xml.replace(/(?<=CipherValue>)[^<]+/g, (text) =>
        seen++ === which ? change(Buffer.from(text, 'base64')).toString('base64') : text,
      );
    };
    const flipped = (at: number) => (whole: Buffer) => {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] ?? 0) ^ 0xff;
      return copy;
    };
    const failures = [
      failure(sealed(), [identity('foreign').key]),
      failure(sealed(), []),
      failure(sealed({}, bytes(flipped(3), 0)), key),
      failure(
        sealed(
          {},
          bytes((whole) => whole.subarray(0, 9), 0),
        ),
        key,
      ),
      failure(sealed({}, bytes(flipped(0), 1)), key),
      failure(sealed({}, bytes(flipped(14), 1)), key),
      failure(
        sealed(
          {},
          bytes((whole) => whole.subarray(0, -1), 1),
        ),
        key,
      ),
      failure(
        sealed(
          {},
          bytes((whole) => whole.subarray(0, 20), 1),
        ),
        key,
      ),
      // The last byte of the vector is the last of the only block: its padding becomes none.
      failure(sealed({ cipher: 'aes128-cbc' }, bytes(flipped(15), 1)), key, true),
      failure(
        sealed(
          { cipher: 'aes128-cbc' },
          bytes((whole) => whole.subarray(0, -1), 1),
        ),
        key,
        true,
      ),
    ];
    const [first] = failures;
    for (const one of failures) {
      expect(one).to.have.property('code', 'SAML_ENCRYPTION');
      expect(one).to.have.property('message', (first as Error).message);
      expect(one).not.to.have.property('cause');
    }
  });
});
