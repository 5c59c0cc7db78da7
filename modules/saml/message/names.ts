/** Namespaces and identifiers of SAML 2.0 (OASIS saml-core-2.0-os). */
export const assertionNs = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const protocolNs = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const postBinding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';

export const nameIdFormatUris = {
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  emailAddress: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
} as const;

const status = 'urn:oasis:names:tc:SAML:2.0:status:';
export const statuses = {
  success: `${status}Success`,
  responder: `${status}Responder`,
  requester: `${status}Requester`,
  partialLogout: `${status}PartialLogout`,
  requestDenied: `${status}RequestDenied`,
} as const;
