import { type Forgery, fieldOf, forge } from '../forge.ts';
import { identity } from '../identity.ts';
import { type Base, cut, forged, type Hostile } from './hostile.ts';

const code = 'SAML_ENCRYPTION';
const value = /(<xenc:CipherValue>)([^<]*)(<\/xenc:CipherValue>)/g;

/** Changes the bytes of the wrapped key (0) or the content (1). */
function onBytes(index: 0 | 1, change: (bytes: Buffer) => Buffer) {
  return (xml: string): string => {
    let seen = 0;
    return xml.replace(value, (whole, open: string, text: string, close: string) =>
      seen++ === index ? `${open}${change(Buffer.from(text, 'base64')).toString('base64')}${close}` : whole,
    );
  };
}
const flip = (at: number) => (bytes: Buffer) => {
  const changed = Buffer.from(bytes);
  const index = at < 0 ? bytes.length + at : at;
  changed[index] = (changed[index] ?? 0) ^ 1;
  return changed;
};

/** An encrypted assertion in a response that is not signed, changed. */
const altered = (name: string, change: (xml: string) => string, refused: Hostile['code'] = code): Hostile => ({
  name: `encrypted: ${name}`,
  code: refused,
  make: (base) => {
    const { xml } = forge({ ...base, encrypt: {} });
    const changed = change(xml);
    if (changed === xml) throw new Error(`"${name}" changes nothing`);
    return fieldOf(changed);
  },
});
const made = (
  name: string,
  refused: Hostile['code'],
  refinement: Omit<Forgery, keyof Base>,
  provider?: Hostile['provider'],
) => forged(`encrypted: ${name}`, refused, { encrypt: {}, ...refinement }, provider);
const inside = (name: string, refused: Hostile['code'], change: (xml: string) => string) =>
  made(name, refused, { edit: { assertion: change } });

/** Probes of a padding oracle: blocks of a CBC text changed one by one, in a response whose signature was good before. */
const probes = Array.from(
  { length: 8 },
  (_, i): Hostile => ({
    name: `encrypted: padding oracle, probe ${i + 1}`,
    code: i % 2 ? 'SAML_SIGNATURE' : code,
    make: (base) => {
      const { xml } = forge({ ...base, sign: i % 2 ? 'both' : 'assertion', encrypt: { cipher: 'aes256-cbc' } });
      return fieldOf(onBytes(1, flip(-17 - i * 16))(xml));
    },
  }),
);

/** Documents that would make a decryption tell something, or decrypt to something that must not be believed. */
export const encryption: readonly Hostile[] = [
  made('CBC in a response that is not signed', code, { encrypt: { cipher: 'aes256-cbc' } }),
  made('CBC-128 in a response that is not signed', code, { encrypt: { cipher: 'aes128-cbc' } }),
  made('CBC in a response with a foreign signature', 'SAML_SIGNATURE', {
    sign: 'both',
    encrypt: { cipher: 'aes256-cbc' },
    responseSignature: { by: identity('foreign') },
  }),
  ...probes,
  altered('another tag', onBytes(1, flip(-1))),
  altered('another text', onBytes(1, flip(40))),
  altered('another initialization vector', onBytes(1, flip(0))),
  altered('another wrapped key', onBytes(0, flip(10))),
  altered(
    'a wrapped key of zeros',
    onBytes(0, (bytes) => Buffer.alloc(bytes.length)),
  ),
  altered(
    'a short wrapped key',
    onBytes(0, (bytes) => bytes.subarray(0, 20)),
  ),
  altered(
    'a short text',
    onBytes(1, (bytes) => bytes.subarray(0, 20)),
  ),
  altered(
    'a text without its tag',
    onBytes(1, (bytes) => bytes.subarray(0, -16)),
  ),
  made('for somebody else', code, { encrypt: { certificate: identity('foreign').certificate } }),
  made('where we have no key', code, {}, { decryption: [] }),
  made('a key wrapped by RSA 1.5', code, { encrypt: { transport: 'rsa-1_5' } }),
  altered('RSA-OAEP with two hashes', (xml) => xml.replace('xmldsig#sha1"/>', 'xmldsig#sha256"/>')),
  altered('RSA-OAEP with a label', (xml) =>
    xml.replace(/(<ds:DigestMethod[^>]*>)/, '<xenc:OAEPparams>AA==</xenc:OAEPparams>$1'),
  ),
  altered('Triple DES', (xml) =>
    xml.replace('http://www.w3.org/2009/xmlenc11#aes256-gcm', 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc'),
  ),
  altered('GCM said to be CBC', (xml) =>
    xml.replace('http://www.w3.org/2009/xmlenc11#aes256-gcm', 'http://www.w3.org/2001/04/xmlenc#aes256-cbc'),
  ),
  altered('no method', (xml) => xml.replace(/<xenc:EncryptionMethod Algorithm="[^"]*gcm"\/>/, ''), 'SAML_STRUCTURE'),
  altered('no wrapped key', (xml) => xml.replace(/<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/, '')),
  altered('two wrapped keys', (xml) =>
    xml.replace(/<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/, (key) => key + key.replace('_ek', '_ek2')),
  ),
  altered(
    'a text somewhere else',
    (xml) =>
      xml.replace(
        /<xenc:CipherValue>[^<]*<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>/,
        '<xenc:CipherReference URI="http://127.0.0.1/x"/></xenc:CipherData></xenc:EncryptedData>',
      ),
    'SAML_STRUCTURE',
  ),
  altered(
    'two encrypted assertions',
    (xml) => xml.replace(/<saml:EncryptedAssertion.*<\/saml:EncryptedAssertion>/, (e) => e + e.replace('_ek', '_ek2')),
    'SAML_STRUCTURE',
  ),
  altered(
    'beside a plain one',
    (xml) =>
      xml.replace(
        '<saml:EncryptedAssertion',
        '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" Version="2.0"/>$&',
      ),
    'SAML_STRUCTURE',
  ),
  made('an assertion that is not signed', 'SAML_SIGNATURE', { sign: 'none' }),
  made('an assertion with a foreign signature', 'SAML_SIGNATURE', { by: identity('foreign') }),
  made('an assertion with a SHA-1 signature', 'SAML_ALGORITHM', {
    signature: { algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' },
  }),
  made('a response changed around the encrypted assertion', 'SAML_SIGNATURE', {
    sign: 'response',
    edit: { signedResponse: (xml) => xml.replace('InResponseTo="_r', 'InResponseTo="_x') },
  }),
  made('an assertion changed after it was signed', 'SAML_SIGNATURE', {
    edit: { signedAssertion: (xml) => xml.replace('>ada@', '>eve@') },
  }),
  made('no assertion', 'SAML_STRUCTURE', { edit: { signedAssertion: () => '<x/>' } }),
  made('a response', 'SAML_STRUCTURE', {
    edit: {
      signedAssertion: () =>
        '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_x" Version="2.0"/>',
    },
  }),
  made('text', 'SAML_MESSAGE_INVALID', { edit: { signedAssertion: () => 'ada@example.com' } }),
  made('two assertions', 'SAML_MESSAGE_INVALID', {
    edit: { signedAssertion: (xml) => xml + cut(xml, /<saml:Assertion.*/).replaceAll('_assertion', '_b') },
  }),
  made('a document type', 'SAML_MESSAGE_INVALID', { edit: { signedAssertion: (xml) => `<!DOCTYPE x>${xml}` } }),
  made('a deep document', 'SAML_MESSAGE_INVALID', {
    edit: { signedAssertion: (xml) => xml.replace('<saml:Subject>', `${'<a>'.repeat(99)}${'</a>'.repeat(99)}$&`) },
  }),
  made('a comment in the NameID', 'SAML_MESSAGE_INVALID', {
    edit: { assertion: (xml) => xml.replace('>ada@', '>ada<!-- -->@') },
  }),
  made("the response's ID on the assertion", 'SAML_STRUCTURE', { response: { id: '_one' }, assertion: { id: '_one' } }),
  inside('another recipient', 'SAML_SUBJECT', (xml) => xml.replace('/acs"', '/elsewhere"')),
  inside('another audience', 'SAML_AUDIENCE', (xml) => xml.replace('/metadata<', '/elsewhere<')),
  made('another issuer', 'SAML_ISSUER', { assertion: { issuer: 'https://evil.example' } }),
];
