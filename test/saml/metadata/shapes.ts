import { base64Of } from '../../../modules/saml/provider/certificate/certificate.ts';
import type { IdpFacts } from '../../../modules/saml/provider/idp-facts.ts';
import { identity } from '../idp/identity.ts';

const pem = identity('idp').certificate;
const base64 = base64Of(pem);
/** As some write it: with line ends of Windows and blanks before each line. */
const wrapped = `\r\n${(base64.match(/.{1,76}/g) ?? []).map((line) => `          ${line}`).join('\r\n')}\r\n        `;
const [redirect, post] = [
  'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
];
const samlp = 'urn:oasis:names:tc:SAML:2.0:protocol';
const email = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';

/** Metadata as an identity provider's product writes it, and what has to be understood. */
export interface MetadataShape {
  readonly product: string;
  readonly xml: string;
  readonly facts: Partial<IdpFacts>;
}

export const shapes: readonly MetadataShape[] = [
  {
    product: 'Okta',
    xml: `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="http://www.okta.com/exk1" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${samlp}"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat><md:NameIDFormat>${email}</md:NameIDFormat><md:SingleSignOnService Binding="${post}" Location="https://acme.okta.com/app/exk1/sso/saml"/><md:SingleSignOnService Binding="${redirect}" Location="https://acme.okta.com/app/exk1/sso/saml"/></md:IDPSSODescriptor></md:EntityDescriptor>`,
    facts: {
      entityId: 'http://www.okta.com/exk1',
      ssoUrls: {
        post: 'https://acme.okta.com/app/exk1/sso/saml',
        redirect: 'https://acme.okta.com/app/exk1/sso/saml',
      },
      sloUrls: {},
      nameIdFormats: ['urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified', email],
    },
  },
  {
    product: 'Entra',
    xml: `\ufeff<?xml version="1.0" encoding="utf-8"?><EntityDescriptor ID="_0f6e" entityID="https://sts.windows.net/0f6e/" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><RoleDescriptor xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>AAAA</X509Certificate></X509Data></KeyInfo></KeyDescriptor><fed:ClaimTypesOffered><auth:ClaimType Uri="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name" xmlns:auth="http://docs.oasis-open.org/wsfed/authorization/200706"><auth:DisplayName>Name</auth:DisplayName></auth:ClaimType></fed:ClaimTypesOffered></RoleDescriptor><IDPSSODescriptor protocolSupportEnumeration="${samlp}"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${base64}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="${redirect}" Location="https://login.microsoftonline.com/0f6e/saml2" /><SingleSignOnService Binding="${redirect}" Location="https://login.microsoftonline.com/0f6e/saml2" /><SingleSignOnService Binding="${post}" Location="https://login.microsoftonline.com/0f6e/saml2" /></IDPSSODescriptor></EntityDescriptor>`,
    facts: {
      entityId: 'https://sts.windows.net/0f6e/',
      sloUrls: { redirect: 'https://login.microsoftonline.com/0f6e/saml2' },
    },
  },
  {
    product: 'ADFS',
    xml: `<EntityDescriptor ID="_ad" entityID="http://fs.acme.example/adfs/services/trust" xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><SPSSODescriptor WantAssertionsSigned="true" protocolSupportEnumeration="${samlp}"><AssertionConsumerService index="0" Binding="${post}" Location="https://fs.acme.example/adfs/ls/"/></SPSSODescriptor><IDPSSODescriptor protocolSupportEnumeration="${samlp}"><KeyDescriptor use="encryption"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>AAAA</X509Certificate></X509Data></KeyInfo></KeyDescriptor><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${wrapped}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="${redirect}" Location="https://fs.acme.example/adfs/ls/"/><NameIDFormat>${email}</NameIDFormat><SingleSignOnService Binding="${redirect}" Location="https://fs.acme.example/adfs/ls/"/><Attribute Name="http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress" xmlns="urn:oasis:names:tc:SAML:2.0:assertion"/></IDPSSODescriptor><ContactPerson contactType="support"/></EntityDescriptor>`,
    facts: {
      entityId: 'http://fs.acme.example/adfs/services/trust',
      ssoUrls: { redirect: 'https://fs.acme.example/adfs/ls/' },
    },
  },
  {
    product: 'Google',
    xml: `<?xml version="1.0" encoding="UTF-8" standalone="no"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://accounts.google.com/o/saml2?idpid=C01" validUntil="2031-01-01T00:00:00.000Z"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${samlp}"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${wrapped}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:NameIDFormat>${email}</md:NameIDFormat><md:SingleSignOnService Binding="${redirect}" Location="https://accounts.google.com/o/saml2/idp?idpid=C01"/><md:SingleSignOnService Binding="${post}" Location="https://accounts.google.com/o/saml2/idp?idpid=C01"/></md:IDPSSODescriptor></md:EntityDescriptor>`,
    facts: { entityId: 'https://accounts.google.com/o/saml2?idpid=C01', validUntil: '2031-01-01T00:00:00.000Z' },
  },
  {
    product: 'Keycloak',
    xml: `<md:EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://sso.acme.example/realms/main"><md:IDPSSODescriptor WantAuthnRequestsSigned="true" protocolSupportEnumeration="${samlp}"><md:KeyDescriptor use="signing"><ds:KeyInfo><ds:KeyName>kid</ds:KeyName><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:ArtifactResolutionService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="https://sso.acme.example/resolve" index="0"/><md:SingleLogoutService Binding="${post}" Location="https://sso.acme.example/saml"/><md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:SOAP" Location="https://sso.acme.example/saml"/><md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat><md:SingleSignOnService Binding="${post}" Location="https://sso.acme.example/saml"/><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact" Location="https://sso.acme.example/saml"/></md:IDPSSODescriptor></md:EntityDescriptor>`,
    facts: {
      wantsSignedRequests: true,
      ssoUrls: { post: 'https://sso.acme.example/saml' },
      sloUrls: { post: 'https://sso.acme.example/saml', soap: 'https://sso.acme.example/saml' },
    },
  },
  {
    product: 'OneLogin',
    xml: `<?xml version="1.0"?>\n<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://app.onelogin.com/saml/metadata/1">\n  <!-- generated -->\n  <IDPSSODescriptor xmlns:ds="http://www.w3.org/2000/09/xmldsig#" protocolSupportEnumeration="${samlp}">\n    <KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${wrapped}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>\n    <SingleLogoutService Binding="${redirect}" Location="https://acme.onelogin.com/trust/saml2/http-redirect/slo/1" ResponseLocation="https://acme.onelogin.com/slo-answer"/>\n    <SingleSignOnService Binding="${redirect}" Location="https://acme.onelogin.com:443/trust/saml2/http-redirect/sso/1"/>\n  </IDPSSODescriptor>\n</EntityDescriptor>`,
    facts: {
      ssoUrls: { redirect: 'https://acme.onelogin.com/trust/saml2/http-redirect/sso/1' },
      sloResponseUrls: { redirect: 'https://acme.onelogin.com/slo-answer' },
    },
  },
  {
    product: 'Ping',
    xml: `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"><md:EntityDescriptor entityID="https://auth.pingone.eu/1"><md:IDPSSODescriptor protocolSupportEnumeration="${samlp} urn:oasis:names:tc:SAML:1.1:protocol" WantAuthnRequestsSigned="1"><md:KeyDescriptor><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService Binding="${post}" Location="https://auth.pingone.eu/1/saml20/idp/sso"/></md:IDPSSODescriptor></md:EntityDescriptor></md:EntitiesDescriptor>`,
    facts: { entityId: 'https://auth.pingone.eu/1', wantsSignedRequests: true },
  },
  {
    product: 'miniOrange',
    xml: `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://login.xecurify.com/moas" validUntil="2036-01-01T00:00:00" cacheDuration="PT1446808792S"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${samlp}"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:NameIDFormat>${email}</md:NameIDFormat><md:SingleSignOnService Binding="${post}" Location="https://login.xecurify.com/moas/idp/samlsso/1"/><md:SingleSignOnService Binding="${redirect}" Location="https://login.xecurify.com/moas/idp/samlsso/1"/></md:IDPSSODescriptor></md:EntityDescriptor>`,
    facts: { entityId: 'https://login.xecurify.com/moas', validUntil: '2036-01-01T00:00:00.000Z' },
  },
];
