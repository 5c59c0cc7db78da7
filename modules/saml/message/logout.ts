import type { SamlProvider } from '../provider/provider.ts';
import type { VerifiedAssertion } from '../verification/verified-assertion.ts';
import { instant } from './authn-request.ts';
import { element, xmlText } from './element.ts';
import { assertionNs, protocolNs, statuses } from './names.ts';

/** How long a LogoutRequest of ours may be on its way. */
const validFor = 5 * 60_000;

const head = (provider: SamlProvider, id: string, destination: string, now: Date) => ({
  attributes: {
    'xmlns:samlp': protocolNs,
    'xmlns:saml': assertionNs,
    ID: id,
    Version: '2.0',
    IssueInstant: instant(now),
    Destination: destination,
  },
  issuer: element('saml:Issuer', {}, xmlText(provider.entityId)),
});

/** Whom an identity provider is to log out: the person and those of its sessions that we know. */
export interface LogoutSubject {
  readonly nameId: VerifiedAssertion['nameId'];
  readonly sessionIndexes: readonly string[];
}

/** A LogoutRequest (saml-core §3.7.1) in the words in which the identity provider had named person and sessions. */
export function logoutRequest(
  provider: SamlProvider,
  { id, destination, subject, now }: { id: string; destination: string; subject: LogoutSubject; now: Date },
): string {
  const { attributes, issuer } = head(provider, id, destination, now);
  const { value, format, nameQualifier, spNameQualifier } = subject.nameId;
  return element(
    'samlp:LogoutRequest',
    { ...attributes, NotOnOrAfter: instant(new Date(now.getTime() + validFor)) },
    issuer,
    element(
      'saml:NameID',
      { Format: format, NameQualifier: nameQualifier, SPNameQualifier: spNameQualifier },
      xmlText(value),
    ),
    ...subject.sessionIndexes.map((index) => element('samlp:SessionIndex', {}, xmlText(index))),
  );
}

/** How a logout that an identity provider asked for went here. */
export type LogoutOutcome = 'success' | 'failed';

/** The answer to a LogoutRequest (saml-core §3.7.2). */
export function logoutResponse(
  provider: SamlProvider,
  given: { id: string; destination: string; inResponseTo: string; outcome: LogoutOutcome; now: Date },
): string {
  const { attributes, issuer } = head(provider, given.id, given.destination, given.now);
  const value = given.outcome === 'success' ? statuses.success : statuses.responder;
  return element(
    'samlp:LogoutResponse',
    { ...attributes, InResponseTo: given.inResponseTo },
    issuer,
    element('samlp:Status', {}, element('samlp:StatusCode', { Value: value })),
  );
}
