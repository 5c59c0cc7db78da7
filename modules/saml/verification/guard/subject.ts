import { SamlError } from '../../error.ts';
import { attribute, child, children, onlyChild } from '../../xml/element.ts';
import { saml } from '../../xml/names.ts';
import { checkEnd, instantOf } from './clock.ts';

const point = 5;
const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/** What a bearer confirmation says. */
export interface Confirmation {
  readonly inResponseTo: string | undefined;
  readonly notOnOrAfter: Date;
}

const wrong = (what: string): SamlError => new SamlError('SAML_SUBJECT', what, { point });

function check(confirmation: Element, address: string, now: Date): Confirmation {
  const data = child(confirmation, saml, 'SubjectConfirmationData');
  if (!data) throw wrong('A <SubjectConfirmation> has no data: it would confirm anything.');
  const recipient = attribute(data, 'Recipient');
  if (recipient !== address)
    throw wrong(
      `The assertion is for ${recipient === undefined ? 'no recipient' : JSON.stringify(recipient.slice(0, 256))}, expected is ${JSON.stringify(address)}. Check the address in the identity provider.`,
    );
  if (attribute(data, 'NotBefore') !== undefined) throw wrong('A <SubjectConfirmationData> has a NotBefore.');
  const notOnOrAfter = instantOf(data, 'NotOnOrAfter');
  if (!notOnOrAfter) throw wrong('A <SubjectConfirmationData> has no NotOnOrAfter: it would confirm for ever.');
  checkEnd(notOnOrAfter, now, 'The confirmation of the subject', point);
  return { inResponseTo: attribute(data, 'InResponseTo'), notOnOrAfter };
}

/**
 * Point 5: whoever bears the assertion may use it here and now (profiles §4.1.4.3). Of several confirmations one suffices.
 *
 * @param address our assertion consumer service
 * @throws SamlError `SAML_SUBJECT`, `SAML_EXPIRED`; of the first confirmation where none is good
 */
export function checkSubject(assertion: Element, address: string, now: Date): Confirmation {
  const subject = onlyChild(assertion, saml, 'Subject');
  const confirmations = children(subject, saml, 'SubjectConfirmation').filter(
    (confirmation) => attribute(confirmation, 'Method') === bearer,
  );
  let first: unknown;
  for (const confirmation of confirmations)
    try {
      return check(confirmation, address, now);
    } catch (error) {
      first ??= error;
    }
  throw first ?? wrong('The assertion has no bearer <SubjectConfirmation>.');
}
