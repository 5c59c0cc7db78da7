import { SamlError } from '../error.ts';
import { attribute, onlyChild } from '../xml/element.ts';
import { saml } from '../xml/names.ts';
import type { AssertionVerifier, ResponseArrival } from './assertion-verifier.ts';
import { readAttributes } from './guard/attributes.ts';
import { checkAuthnContext } from './guard/authn-context.ts';
import { checkAge, skew } from './guard/clock.ts';
import { checkConditions } from './guard/conditions.ts';
import { checkDestination } from './guard/destination.ts';
import { checkInResponseTo } from './guard/in-response-to.ts';
import { checkIssuer } from './guard/issuer.ts';
import { readNameId } from './guard/name-id.ts';
import { checkSession } from './guard/session.ts';
import { checkStatus } from './guard/status.ts';
import { checkAssertion } from './guard/structure.ts';
import { checkSubject } from './guard/subject.ts';
import { openResponse } from './response.ts';
import type { VerifiedAssertion } from './verified-assertion.ts';

const required = (element: Element, name: string): string => attribute(element, name) ?? '';

function verify({ provider, response: field, now }: ResponseArrival): VerifiedAssertion {
  const { idp, acsUrl, entityId } = provider;
  if (!provider.enabled) throw new SamlError('SAML_DISABLED', 'SAML is switched off for this connection.');
  if (!idp)
    throw new SamlError('SAML_DISABLED', 'No identity provider is known for this connection. Import its metadata.');
  const opened = openResponse(field, provider, idp.certificates);
  const { response, responseSigned: signed, assertion } = opened;
  checkAssertion(assertion);
  checkStatus(response);
  checkIssuer(response, idp.entityId, { optional: true });
  const issuer = checkIssuer(assertion, idp.entityId);
  checkDestination(response, acsUrl, { signed });
  checkAge(response, now, 6);
  const confirmation = checkSubject(assertion, acsUrl, now);
  const ends = [confirmation.notOnOrAfter, checkAge(assertion, now, 6), checkConditions(assertion, entityId, now)];
  const inResponseTo = checkInResponseTo(response, confirmation.inResponseTo, { signed });
  const session = checkSession(assertion, now);
  checkAuthnContext(session, provider.settings);
  const end = Math.min(...ends.filter((e) => e !== undefined).map((e) => e.getTime()));
  return {
    issuer,
    responseId: required(response, 'ID'),
    assertionId: required(assertion, 'ID'),
    inResponseTo,
    nameId: readNameId(onlyChild(assertion, saml, 'Subject')),
    ...session,
    attributes: readAttributes(assertion),
    notOnOrAfter: new Date(end + skew),
    xml: opened.xml,
    encrypted: opened.encrypted,
    signedBy: opened.signedBy,
  };
}

/** The guard over one response, point by point. */
export function createAssertionVerifier(): AssertionVerifier {
  return { verify: async (arrival) => verify(arrival) };
}
