import { escaped } from '../idp/messages.ts';
import { person } from './messages.ts';

const minutes = (from: Date, n: number): string => new Date(from.getTime() + n * 60_000).toISOString();

const attribute = (name: string, value: string): string =>
  `<saml:Attribute Name="${name}"><saml:AttributeValue>${escaped(value)}</saml:AttributeValue></saml:Attribute>`;

/** The response as this identity provider words it; samlify signs it. */
export function responseXml(given: {
  readonly id: string;
  readonly acs: string;
  readonly issuer: string;
  readonly audience: string;
  readonly requestId: string | undefined;
  readonly index: string;
}): string {
  const now = new Date();
  const at = now.toISOString();
  const answers = given.requestId === undefined ? '' : ` InResponseTo="${given.requestId}"`;
  const issuer = `<saml:Issuer>${given.issuer}</saml:Issuer>`;
  const names = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';
  return `<samlp:Response ${names} ID="${given.id}" Version="2.0" IssueInstant="${at}" Destination="${escaped(given.acs)}"${answers}>${issuer}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="${given.id}a" Version="2.0" IssueInstant="${at}">${issuer}<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${person.name}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${minutes(now, 5)}" Recipient="${escaped(given.acs)}"${answers}/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${minutes(now, -1)}" NotOnOrAfter="${minutes(now, 5)}"><saml:AudienceRestriction><saml:Audience>${escaped(given.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${at}" SessionIndex="${given.index}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${attribute('email', person.name)}${attribute('firstName', person.given)}${attribute('lastName', person.family)}</saml:AttributeStatement></saml:Assertion></samlp:Response>`;
}
