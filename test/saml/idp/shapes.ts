import type { Forgery } from './forge.ts';
import { fieldOf, forge } from './forge.ts';
import { identity } from './identity.ts';
import { signedLiterally } from './literal.ts';
import type { ForgedAttribute } from './messages.ts';
import type { ProviderChanges } from './provider.ts';
import { envelopedSignature, excC14n, inclusiveC14n } from './sign.ts';

/** A response as a real identity provider sends it. */
export interface Shape {
  readonly name: string;
  readonly provider?: ProviderChanges;
  readonly forgery?: Omit<Forgery, 'provider' | 'now' | 'inResponseTo'>;
  /** Nobody asked for it. */
  readonly unasked?: boolean;
  /** The last change of the form field. */
  readonly field?: (field: string) => string;
}

const basic = 'urn:oasis:names:tc:SAML:2.0:attrname-format:basic';
const uri = 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri';
const nameId = (kind: string): string => `urn:oasis:names:tc:SAML:2.0:nameid-format:${kind}`;
const microsoft = (name: string): string => `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/${name}`;

const oktaAttributes: readonly ForgedAttribute[] = ['firstName', 'lastName', 'email'].map((name) => ({
  name,
  format: 'urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified',
  values: [`${name} of Ada`],
  typed: true,
}));
const entraAttributes: readonly ForgedAttribute[] = [
  { name: 'http://schemas.microsoft.com/identity/claims/tenantid', values: ['a43bb9d2-0000-4000-8000-000000000000'] },
  { name: microsoft('givenname'), values: ['Ada'] },
  { name: microsoft('surname'), values: ['Lovelace & Söhne'] },
  { name: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups', values: ['one', 'two', 'three'] },
];
const keycloakRoles: readonly ForgedAttribute[] = ['offline_access', 'buyer'].map((role) => ({
  name: 'Role',
  friendlyName: 'Role',
  format: basic,
  values: [role],
  typed: true,
}));
const okta = {
  assertion: { prefix: 'saml2', attributes: oktaAttributes },
  response: { prefix: 'saml2p', xmlDeclaration: true },
};
const entra = {
  assertion: { prefix: '', attributes: entraAttributes, nameIdFormat: nameId('persistent') },
  signature: { prefix: '' },
};
const more = 'http://www.w3.org/2001/04/xmldsig-more#';
const [p256, p384, p521] = [
  identity('ec', 'prime256v1'),
  identity('ec', 'secp384r1'),
  identity('ec', 'secp521r1'),
] as const;
const inclusive = { transforms: [envelopedSignature, inclusiveC14n], canonicalization: inclusiveC14n };
const crlf = (field: string): string => fieldOf(Buffer.from(field, 'base64').toString('utf8').replace(/\n/g, '\r\n'));

/** Shapes that have to be accepted. */
export const shapes: readonly Shape[] = [
  {
    name: 'Okta: response and assertion signed, inclusive prefixes, typed values',
    forgery: { ...okta, sign: 'both', signature: { inclusivePrefixes: ['xs'] } },
  },
  { name: 'Okta: only the assertion signed', forgery: okta },
  { name: 'Okta: encrypted with AES-256-GCM, both signed', forgery: { ...okta, sign: 'both', encrypt: {} } },
  { name: 'Entra: only the assertion signed, no prefixes, groups of several values', forgery: entra },
  { name: 'Entra: response and assertion signed', forgery: { ...entra, sign: 'both' } },
  {
    name: 'Entra: encrypted with AES-256-CBC in a signed response',
    forgery: { ...entra, sign: 'both', encrypt: { cipher: 'aes256-cbc' } },
  },
  {
    name: 'miniOrange: assertion signed, unspecified NameID',
    forgery: {
      assertion: {
        nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
        attributes: [{ name: 'fname', values: ['Ada'], format: basic }],
      },
    },
  },
  { name: 'miniOrange: only the response signed', forgery: { sign: 'response' } },
  {
    name: 'OneLogin: only the response signed, in lines, transient NameID and an end of the session',
    forgery: {
      sign: 'response',
      response: { pretty: true, id: 'pfx41d8ef22-e612-8c50-9960-1b16f15741b3' },
      assertion: { pretty: true, nameIdFormat: nameId('transient'), sessionEnds: new Date('2040-01-01T00:00:00Z') },
    },
  },
  { name: 'OneLogin: base64 in lines of 76 characters', field: (field) => field.replace(/.{76}/g, '$&\r\n') },
  {
    name: 'Ping: assertion signed with RSA-SHA512',
    forgery: {
      signature: {
        algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
        digest: 'http://www.w3.org/2001/04/xmlenc#sha512',
      },
      response: { prefix: 'p' },
    },
  },
  {
    name: 'Ping: begun at the identity provider',
    unasked: true,
    provider: { settings: { idpInitiated: true } },
    forgery: { response: { inResponseTo: undefined }, assertion: { inResponseTo: undefined } },
  },
  {
    name: 'Google: assertion signed, response without prefix, several values',
    forgery: {
      assertion: { prefix: 'saml2', attributes: [{ name: 'groups', values: ['sales', 'support'], typed: true }] },
      response: { prefix: '', xmlDeclaration: true },
    },
  },
  { name: 'Google: the whole response signed', forgery: { sign: 'response', assertion: { prefix: 'saml2' } } },
  {
    name: 'ADFS: no prefixes, claims by URI, lines ended as Windows ends them',
    forgery: { ...entra, response: { pretty: true } },
    field: crlf,
  },
  {
    name: 'ADFS: response and assertion signed, encrypted with AES-128-CBC',
    forgery: { sign: 'both', assertion: { prefix: '' }, encrypt: { cipher: 'aes128-cbc' } },
  },
  {
    name: 'Keycloak: only the response signed, roles in attributes of one name',
    forgery: { sign: 'response', signature: { prefix: 'dsig' }, assertion: { attributes: keycloakRoles } },
  },
  {
    name: 'Keycloak: encrypted with AES-256-GCM, key wrapped by RSA-OAEP with SHA-256',
    forgery: { sign: 'response', encrypt: { transport: 'oaep-sha256' } },
  },
  {
    name: 'Keycloak: both signed, encrypted with AES-128-GCM',
    forgery: { sign: 'both', encrypt: { cipher: 'aes128-gcm', transport: 'oaep-sha512' } },
  },
  {
    name: 'Shibboleth: persistent NameID with qualifiers, key beside the data, NameID as a value',
    forgery: {
      assertion: {
        nameIdFormat: nameId('persistent'),
        nameQualifier: 'https://idp.example/entity',
        spNameQualifier: 'https://store.example/saml/acme/metadata',
        attributes: [{ name: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.10', format: uri, values: ['x'] }],
      },
      encrypt: { keyPlace: 'beside', transport: 'oaep-sha1' },
      edit: { assertion: (xml) => xml.replace('>x</saml:Attr', '><saml:NameID>targeted</saml:NameID></saml:Attr') },
    },
  },
  { name: 'inclusive canonicalization of the assertion', forgery: { signature: inclusive } },
  {
    name: 'inclusive canonicalization of the response, with namespaces that the assertion does not use',
    forgery: {
      sign: 'response',
      signature: inclusive,
      response: { declarations: 'xmlns:xs="http://www.w3.org/2001/XMLSchema"' },
    },
  },
  {
    name: 'several audiences, several restrictions',
    forgery: {
      assertion: {
        audiences: [
          ['https://other.example', 'https://store.example/saml/acme/metadata'],
          ['https://store.example/saml/acme/metadata'],
        ],
      },
    },
  },
  {
    name: 'two confirmations, the second for us',
    forgery: {
      edit: {
        assertion: (xml) =>
          xml.replace(/<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/, (ours) =>
            [ours.replace('/acs"', '/elsewhere"'), ours].join(''),
          ),
      },
    },
  },
  { name: 'RSA-PSS', forgery: { signature: { algorithm: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1' } } },
  {
    name: 'RSA-SHA384 with digests of SHA-384',
    forgery: { signature: { algorithm: `${more}rsa-sha384`, digest: `${more}sha384` } },
  },
  {
    name: 'ECDSA-SHA256 on P-256: only the assertion signed',
    provider: { idp: { certificates: [p256.trusted] } },
    forgery: { by: p256 },
  },
  {
    name: 'ECDSA-SHA384 on P-384: response and assertion signed, digests of SHA-384',
    provider: { idp: { certificates: [p384.trusted] } },
    forgery: { by: p384, sign: 'both', signature: { algorithm: `${more}ecdsa-sha384`, digest: `${more}sha384` } },
  },
  {
    name: 'ECDSA-SHA512 on P-521: the response signed, inclusive canonicalization, encrypted',
    provider: { idp: { certificates: [p521.trusted] } },
    forgery: {
      ...{ by: p521, sign: 'response', encrypt: {} },
      signature: { ...inclusive, algorithm: `${more}ecdsa-sha512`, digest: 'http://www.w3.org/2001/04/xmlenc#sha512' },
    },
  },
  {
    name: 'ECDSA, while an RSA certificate is trusted as well',
    provider: { idp: { certificates: [identity('idp').trusted, p256.trusted, p384.trusted] } },
    forgery: { by: p384 },
  },
  { name: 'no KeyInfo', forgery: { signature: { keyInfo: undefined } } },
  {
    name: 'only the enveloped transform',
    forgery: { signature: { transforms: [envelopedSignature], canonicalization: excC14n } },
  },
  { name: 'no attributes, no session index', forgery: { assertion: { attributes: [], sessionIndex: undefined } } },
  {
    name: 'values beyond ASCII, character references, an empty value, a name that objects have',
    forgery: {
      assertion: {
        attributes: [
          { name: '__proto__', values: ['a', 'b'] },
          { name: 'displayName', values: ['Ada 🌍 <Lovelace> "&"', ''] },
        ],
      },
      edit: { assertion: (xml) => xml.replace('Ada ', 'A&#x64;a ') },
    },
  },
  {
    name: 'a thousand groups',
    forgery: {
      assertion: { attributes: [{ name: 'groups', values: Array.from({ length: 1000 }, (_, i) => `group ${i}`) }] },
    },
  },
  {
    name: 'signed by the second trusted certificate',
    provider: { idp: { certificates: [identity('idp').trusted, identity('next-idp').trusted] } },
    forgery: { by: identity('next-idp') },
  },
  {
    name: 'encrypted for our next key',
    provider: { decryption: [identity('sp').key, identity('next-sp').key] },
    forgery: { encrypt: { certificate: identity('next-sp').certificate } },
  },
  {
    name: 'signed without any XML library',
    forgery: { sign: 'none', edit: { signedAssertion: (xml) => signedLiterally(xml) } },
  },
];

/** The form field of a shape. */
export function fieldOfShape(shape: Shape, base: Pick<Forgery, 'provider' | 'now' | 'inResponseTo'>): string {
  const { inResponseTo, ...rest } = base;
  const { field } = forge({ ...rest, ...(shape.unasked ? {} : { inResponseTo }), ...shape.forgery });
  return shape.field ? shape.field(field) : field;
}
