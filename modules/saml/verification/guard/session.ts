import { SamlError } from '../../error.ts';
import { attribute, child, children, uri } from '../../xml/element.ts';
import { saml } from '../../xml/names.ts';
import { checkEnd, instantOf } from './clock.ts';

const point = 13;

/** What an assertion says of the session at the identity provider. */
export interface SessionFacts {
  readonly sessionIndex: string | undefined;
  readonly sessionNotOnOrAfter: Date | undefined;
  readonly authnInstant: Date | undefined;
  readonly authnContext: string | undefined;
}

/**
 * Point 13: somebody authenticated, and the session that this began has not ended. Of several statements the earliest end
 * counts.
 *
 * @throws SamlError `SAML_STRUCTURE`, `SAML_EXPIRED`
 */
export function checkSession(assertion: Element, now: Date): SessionFacts {
  const statements = children(assertion, saml, 'AuthnStatement');
  const [first] = statements;
  if (!first)
    throw new SamlError('SAML_STRUCTURE', 'The assertion has no <AuthnStatement>: nobody signed in.', { point });
  const ends = statements.map((s) => instantOf(s, 'SessionNotOnOrAfter')).filter((end) => end !== undefined);
  for (const end of ends) checkEnd(end, now, 'The session at the identity provider', point);
  const context = child(first, saml, 'AuthnContext');
  const reference = context && child(context, saml, 'AuthnContextClassRef');
  return {
    sessionIndex: attribute(first, 'SessionIndex'),
    sessionNotOnOrAfter: ends.sort((a, b) => a.getTime() - b.getTime())[0],
    authnInstant: instantOf(first, 'AuthnInstant'),
    authnContext: reference && uri(reference),
  };
}
