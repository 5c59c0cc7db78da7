/** Namespace and bindings of SAML metadata (saml-metadata-2.0-os, saml-bindings-2.0-os). */
export const md = 'urn:oasis:names:tc:SAML:2.0:metadata';

const binding = 'urn:oasis:names:tc:SAML:2.0:bindings:';
/** The bindings that messages of ours may take, by the names of `Endpoints`. */
export const bindings: ReadonlyMap<string, 'redirect' | 'post' | 'soap'> = new Map([
  [`${binding}HTTP-Redirect`, 'redirect'],
  [`${binding}HTTP-POST`, 'post'],
  [`${binding}SOAP`, 'soap'],
]);
