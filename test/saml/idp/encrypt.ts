import { type CipherGCMTypes, constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';

const xenc = 'http://www.w3.org/2001/04/xmlenc#';
const xenc11 = 'http://www.w3.org/2009/xmlenc11#';

/** How an assertion is encrypted. */
export interface EncryptionFacts {
  /** Of the service provider. */
  readonly certificate: string;
  readonly cipher: `aes${128 | 192 | 256}-${'gcm' | 'cbc'}`;
  readonly transport: 'oaep-mgf1p' | 'oaep-sha1' | 'oaep-sha256' | 'oaep-sha512' | 'rsa-1_5';
  /** Where the wrapped key stands: in the data's KeyInfo, or beside the data. */
  readonly keyPlace: 'inside' | 'beside';
}

function encryptedContent(text: string, cipher: EncryptionFacts['cipher'], key: Buffer): Buffer {
  const [size, mode] = cipher.slice(3).split('-');
  if (mode === 'gcm') {
    const iv = randomBytes(12);
    const encryptor = createCipheriv(`aes-${size}-gcm` as CipherGCMTypes, key, iv);
    return Buffer.concat([iv, encryptor.update(text, 'utf8'), encryptor.final(), encryptor.getAuthTag()]);
  }
  const iv = randomBytes(16);
  const encryptor = createCipheriv(`aes-${size}-cbc`, key, iv).setAutoPadding(false);
  const length = 16 - (Buffer.byteLength(text) % 16);
  const padding = Buffer.concat([randomBytes(length - 1), Buffer.of(length)]);
  return Buffer.concat([iv, encryptor.update(text, 'utf8'), encryptor.update(padding), encryptor.final()]);
}

function wrapped(key: Buffer, { certificate, transport }: EncryptionFacts): { method: string; value: Buffer } {
  const digest = (uri: string): string => `<ds:DigestMethod Algorithm="${uri}"/>`;
  if (transport === 'rsa-1_5')
    return {
      method: `<xenc:EncryptionMethod Algorithm="${xenc}rsa-1_5"/>`,
      value: publicEncrypt({ key: certificate, padding: constants.RSA_PKCS1_PADDING }, key),
    };
  const oaepHash = transport === 'oaep-mgf1p' ? 'sha1' : transport.slice('oaep-'.length);
  const value = publicEncrypt({ key: certificate, oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING }, key);
  if (transport === 'oaep-mgf1p')
    return {
      method: `<xenc:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p">${digest('http://www.w3.org/2000/09/xmldsig#sha1')}</xenc:EncryptionMethod>`,
      value,
    };
  const hash = oaepHash === 'sha1' ? 'http://www.w3.org/2000/09/xmldsig#sha1' : `${xenc}${oaepHash}`;
  const mask = oaepHash === 'sha1' ? '' : `<xenc11:MGF xmlns:xenc11="${xenc11}" Algorithm="${xenc11}mgf1${oaepHash}"/>`;
  return {
    method: `<xenc:EncryptionMethod Algorithm="${xenc11}rsa-oaep">${digest(hash)}${mask}</xenc:EncryptionMethod>`,
    value,
  };
}

/** An `<EncryptedAssertion>` of a text, which is usually an assertion. */
export function encrypted(text: string, facts: EncryptionFacts): string {
  const key = randomBytes(Number(facts.cipher.slice(3, 6)) / 8);
  const content = encryptedContent(text, facts.cipher, key).toString('base64');
  const { method, value } = wrapped(key, facts);
  const algorithm = `${facts.cipher.endsWith('gcm') ? xenc11 : xenc}${facts.cipher}`;
  const encryptedKey = `<xenc:EncryptedKey Id="_ek">${method}<xenc:CipherData><xenc:CipherValue>${value.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`;
  const inside = facts.keyPlace === 'inside';
  const info = inside
    ? encryptedKey
    : '<ds:RetrievalMethod Type="http://www.w3.org/2001/04/xmlenc#EncryptedKey" URI="#_ek"/>';
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="${xenc}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Type="${xenc}Element"><xenc:EncryptionMethod Algorithm="${algorithm}"/><ds:KeyInfo>${info}</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>${content}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>${inside ? '' : encryptedKey.replace('<xenc:EncryptedKey', `<xenc:EncryptedKey xmlns:xenc="${xenc}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"`)}</saml:EncryptedAssertion>`;
}
