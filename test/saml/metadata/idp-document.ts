import { base64Of } from '../../../modules/saml/provider/certificate/certificate.ts';
import { identity } from '../idp/identity.ts';

const md = 'urn:oasis:names:tc:SAML:2.0:metadata';
export const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol';
const binding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-';

/** What the metadata of an identity provider says. */
export interface Described {
  readonly entityId?: string;
  /** PEMs. */
  readonly certificates?: readonly string[];
  readonly sso?: string;
  readonly slo?: string;
  /** Attributes of the root, as XML. */
  readonly root?: string;
  /** Attributes of the role, as XML. */
  readonly role?: string;
  /** What stands in the role before the endpoints, as XML. */
  readonly before?: string;
}

export const descriptorKey = (pem: string, use = ' use="signing"'): string =>
  `<md:KeyDescriptor${use}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${base64Of(pem)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;

/** The metadata of an identity provider, which can log people in and out. */
export function entityDescriptor({
  entityId = 'https://idp.example/entity',
  certificates = [identity('idp').certificate],
  sso = 'https://idp.example/sso',
  slo = 'https://idp.example/slo',
  root = '',
  role = '',
  before = '',
}: Described = {}): string {
  return `<md:EntityDescriptor xmlns:md="${md}" entityID="${entityId}"${root}><md:IDPSSODescriptor protocolSupportEnumeration="${samlp}"${role}>${certificates.map((pem) => descriptorKey(pem)).join('')}${before}<md:SingleLogoutService Binding="${binding}Redirect" Location="${slo}"/><md:SingleSignOnService Binding="${binding}Redirect" Location="${sso}"/><md:SingleSignOnService Binding="${binding}POST" Location="${sso}"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
}

/** Several in one document. */
export const entitiesDescriptor = (...entities: readonly string[]): string =>
  `<md:EntitiesDescriptor xmlns:md="${md}">${entities.join('')}</md:EntitiesDescriptor>`;
