import { createHash, createHmac } from 'node:crypto';
import { fieldOf, forge } from '../forge.ts';
import { identity } from '../identity.ts';
import { envelopedSignature, excC14n, inclusiveC14n, rsaSha256 } from '../sign.ts';
import { altered, assertionPattern, cut, forged, type Hostile, signaturePattern } from './hostile.ts';

const [signature, algorithm, structure] = ['SAML_SIGNATURE', 'SAML_ALGORITHM', 'SAML_STRUCTURE'] as const;
const foreign = identity('foreign');
const ds = 'http://www.w3.org/2000/09/xmldsig#';
const more = 'http://www.w3.org/2001/04/xmldsig-more#';

const method = (uri: string) => (xml: string) => xml.replace(rsaSha256, uri);
const transform = (content: string) => (xml: string) =>
  xml.replace(/<ds:Transforms>.*?<\/ds:Transforms>/, `<ds:Transforms>${content}</ds:Transforms>`);
const one = (uri: string, content = ''): string => `<ds:Transform Algorithm="${uri}">${content}</ds:Transform>`;
const reference = (uri: string) => (xml: string) => xml.replace(/URI="#[^"]*"/, uri);
const info = (xml: string): string => cut(xml, /<ds:SignedInfo>.*?<\/ds:SignedInfo>/);

/** Signs with the public certificate as if it were a secret. */
function withHmac(xml: string, hash: 'sha1' | 'sha256', uri: string): string {
  const changed = method(uri)(xml);
  const text = info(changed).replace('<ds:SignedInfo>', `<ds:SignedInfo xmlns:ds="${ds}">`);
  const value = createHmac(hash, identity('idp').certificate).update(text).digest('base64');
  return changed.replace(/(<ds:SignatureValue>)[^<]*/, `$1${value}`);
}

/** Digest as the altered text has it, under a signature over another. */
function withNewDigest(xml: string): string {
  const changed = xml.replace('>ada@example.com<', '>eve@example.com<');
  const assertion = cut(changed, assertionPattern).replace(signaturePattern, '');
  const digest = createHash('sha256')
    .update(assertion.replace(/<([\w:]+)([^<>]*)\/>/g, '<$1$2></$1>'))
    .digest('base64');
  return changed.replace(/(<ds:DigestValue>)[^<]*/, `$1${digest}`);
}

/** Documents whose signatures say nothing of what they stand in. */
export const signatures: readonly Hostile[] = [
  forged('no signature', signature, { sign: 'none' }),
  forged('no signature on the response where one is wanted', signature, {}, { settings: { wantResponseSigned: true } }),
  altered('a signature that was taken away', signature, (xml) => xml.replace(signaturePattern, '')),
  altered(
    "the response's signature taken away, the assertion changed",
    signature,
    (xml) => xml.replace(signaturePattern, '').replace('>ada@', '>eve@'),
    'both',
  ),
  altered(
    "the response's signature broken, the assertion's good",
    signature,
    (xml) => xml.replace('IssueInstant="2024', 'IssueInstant="2023'),
    'both',
  ),
  forged('a foreign certificate', signature, { by: foreign }),
  forged('a foreign certificate on the response', signature, { by: foreign, sign: 'response' }),
  forged('a foreign key under the trusted certificate', signature, {
    by: foreign,
    signature: { keyInfo: identity('idp').certificate },
  }),
  forged('a foreign key without KeyInfo', signature, { by: foreign, signature: { keyInfo: undefined } }),
  forged('a foreign signature on the response, a trusted one on the assertion', signature, {
    sign: 'both',
    responseSignature: { by: foreign, keyInfo: foreign.certificate },
  }),
  forged('the key that is trusted for nothing any more', algorithm, {}, { idp: { certificates: [] } }),
  altered('an empty certificate in KeyInfo and another signature', signature, (xml) =>
    xml
      .replace(/(<ds:X509Certificate>)[^<]*/, '$1')
      .replace(/(<ds:SignatureValue>)./, '$1A')
      .replace('>ada@', '>eve@'),
  ),
  altered('HMAC-SHA1 with the public certificate', algorithm, (xml) => withHmac(xml, 'sha1', `${ds}hmac-sha1`)),
  altered('HMAC-SHA256 with the public certificate', algorithm, (xml) => withHmac(xml, 'sha256', `${more}hmac-sha256`)),
  forged('RSA-SHA1', algorithm, { signature: { algorithm: `${ds}rsa-sha1` } }),
  forged('RSA-SHA1 on the response', algorithm, { sign: 'response', signature: { algorithm: `${ds}rsa-sha1` } }),
  forged('a SHA-1 digest', algorithm, { signature: { digest: `${ds}sha1` } }),
  forged(
    'a key of 1024 bits',
    algorithm,
    { by: identity('weak', 1024) },
    { idp: { certificates: [identity('weak', 1024).trusted] } },
  ),
  ...[`${more}rsa-md5`, `${more}ecdsa-sha1`, `${ds}dsa-sha1`, 'urn:none', ''].map((uri) =>
    altered(`the signature method ${JSON.stringify(uri)}`, algorithm, method(uri)),
  ),
  ...[
    ['XSLT', one(envelopedSignature) + one('http://www.w3.org/TR/1999/REC-xslt-19991116', '<x/>')],
    ['XPath', one(envelopedSignature) + one('http://www.w3.org/TR/1999/REC-xpath-19991116', '<ds:XPath>1</ds:XPath>')],
    ['XPath filter 2', one(envelopedSignature) + one('http://www.w3.org/2002/06/xmldsig-filter2')],
    ['base64', one(envelopedSignature) + one(`${ds}base64`)],
    ['canonicalization with comments', one(envelopedSignature) + one(`${excC14n}WithComments`)],
    ['inclusive canonicalization with comments', one(envelopedSignature) + one(`${inclusiveC14n}#WithComments`)],
  ].map(([name, transforms]) => altered(`a transform: ${name}`, algorithm, transform(transforms ?? ''))),
  ...[
    ['none', ''],
    ['no enveloped signature', one(excC14n)],
    ['in another order', one(excC14n) + one(envelopedSignature)],
    ['three', one(envelopedSignature) + one(excC14n) + one(excC14n)],
    ['XSLT inside another', one(envelopedSignature) + one(excC14n, '<ds:XSLT/>')],
  ].map(([name, transforms]) => altered(`transforms: ${name}`, signature, transform(transforms ?? ''))),
  altered('the canonicalization with comments', algorithm, (xml) =>
    xml.replace(
      `CanonicalizationMethod Algorithm="${excC14n}"`,
      `CanonicalizationMethod Algorithm="${excC14n}WithComments"`,
    ),
  ),
  forged('two references', signature, {
    signature: { alsoSign: ["//*[local-name(.)='Subject']"] },
    edit: { assertion: (xml) => xml.replace('<saml:Subject>', '<saml:Subject ID="_subject">') },
  }),
  altered('a reference to an element that is not its parent', signature, reference('URI="#_elsewhere"')),
  altered('a reference to the whole document', signature, reference('URI=""')),
  altered('a reference to nothing', signature, reference('')),
  altered('a reference by XPointer', signature, reference('URI="#xpointer(/)"')),
  altered('a reference with a quote', signature, reference(`URI="#a' or '1'='1"`)),
  altered('a reference to an address', signature, reference('URI="http://127.0.0.1/x"')),
  altered('two SignedInfo', signature, (xml) =>
    xml.replace(info(xml), (i) => i + i.replace(/<ds:DigestValue>./, '<ds:DigestValue>A')),
  ),
  altered('two SignedInfo, the forged one first', signature, (xml) =>
    xml.replace(info(xml), (i) => i.replace(/<ds:DigestValue>./, '<ds:DigestValue>A') + i),
  ),
  altered('a SignedInfo in an Object', signature, (xml) =>
    xml.replace('</ds:Signature>', `<ds:Object>${info(xml)}</ds:Object></ds:Signature>`),
  ),
  altered('an Object in the signature', signature, (xml) =>
    xml.replace('</ds:Signature>', '<ds:Object/></ds:Signature>'),
  ),
  altered('a Manifest in the signature', signature, (xml) =>
    xml.replace('</ds:Signature>', '<ds:Object><ds:Manifest/></ds:Object></ds:Signature>'),
  ),
  altered('two DigestValues', signature, (xml) => xml.replace(/<ds:DigestValue>[^<]*<\/ds:DigestValue>/, '$&$&')),
  altered('two SignatureValues', signature, (xml) =>
    xml.replace(/<ds:SignatureValue>[^<]*<\/ds:SignatureValue>/, '$&$&'),
  ),
  altered('a DigestValue with an element in it', structure, (xml) =>
    xml.replace('<ds:DigestValue>', '<ds:DigestValue><x/>'),
  ),
  altered('an empty DigestValue', signature, (xml) => xml.replace(/(<ds:DigestValue>)[^<]*/, '$1')),
  altered('an empty SignatureValue', signature, (xml) => xml.replace(/(<ds:SignatureValue>)[^<]*/, '$1')),
  altered('a SignatureValue of zeros', signature, (xml) =>
    xml.replace(/(<ds:SignatureValue>)[^<]*/, `$1${Buffer.alloc(256).toString('base64')}`),
  ),
  altered('another NameID', signature, (xml) =>
    xml.replace('>ada@example.com</saml:NameID', '>eve@example.com</saml:NameID'),
  ),
  altered(
    'another NameID in a signed response',
    signature,
    (xml) => xml.replace('>ada@example.com</saml:NameID', '>eve@example.com</saml:NameID'),
    'response',
  ),
  altered('another attribute', signature, (xml) => xml.replace('AttributeValue>ada', 'AttributeValue>eve')),
  altered('an attribute more', signature, (xml) =>
    xml.replace(
      '</saml:AttributeStatement>',
      '<saml:Attribute Name="groups"><saml:AttributeValue>admins</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>',
    ),
  ),
  altered('a second AttributeStatement', signature, (xml) =>
    xml.replace('</saml:Assertion>', '<saml:AttributeStatement/></saml:Assertion>'),
  ),
  altered('a later end', signature, (xml) => xml.replace(/(<saml:Conditions.*NotOnOrAfter="2)0/, '$11')),
  altered('a new digest under the old signature', signature, withNewDigest),
  altered("the assertion's signature on the response", structure, (xml) => {
    const moved = cut(xml, signaturePattern);
    return xml
      .replace(moved, '')
      .replace('</i:Issuer>', `</i:Issuer>${moved}`)
      .replace('<samlp:Status>', `${moved}<samlp:Status>`);
  }),
  altered('a signature in the status', structure, (xml) =>
    xml.replace('<samlp:StatusCode', `${cut(xml, signaturePattern)}<samlp:StatusCode`),
  ),
  altered('two signatures on the assertion', structure, (xml) => xml.replace(signaturePattern, '$&$&')),
  forged('two signatures on the assertion of a signed response', structure, {
    sign: 'both',
    edit: { signedAssertion: (xml) => xml.replace(signaturePattern, '$&$&') },
  }),
  altered('a signature in another namespace', structure, (xml) =>
    xml.replace(signaturePattern, (s) => s.replaceAll(`xmlns:ds="${ds}"`, 'xmlns:ds="urn:x"')),
  ),
  {
    name: 'the signature of another assertion',
    code: signature,
    make: (base) => {
      const other = cut(forge(base).xml, signaturePattern);
      return fieldOf(forge(base).xml.replace(signaturePattern, () => other));
    },
  },
  {
    name: 'the signature of another assertion with the same ID',
    code: signature,
    make: (base) => {
      const same = { ...base, assertion: { id: '_same' } };
      const other = cut(forge(same).xml, signaturePattern);
      return fieldOf(
        forge({ ...same, assertion: { id: '_same', nameId: 'eve@example.com' } }).xml.replace(
          signaturePattern,
          () => other,
        ),
      );
    },
  },
];
