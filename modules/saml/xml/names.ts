/** Namespaces of SAML 2.0, XML Signature and XML Encryption. */
export const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol';
export const ds = 'http://www.w3.org/2000/09/xmldsig#';
export const xenc = 'http://www.w3.org/2001/04/xmlenc#';
export const xenc11 = 'http://www.w3.org/2009/xmlenc11#';
export const excC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
