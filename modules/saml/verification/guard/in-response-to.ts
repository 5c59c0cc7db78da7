import { SamlError } from '../../error.ts';
import { attribute } from '../../xml/element.ts';

/**
 * Point 7, the half that needs no database: which request the assertion answers. What the response says counts only where
 * it is signed; where it is not, the assertion has to say the same.
 *
 * @param confirmed what the signed assertion says
 * @returns undefined for an assertion that nobody asked for
 * @throws SamlError `SAML_UNSOLICITED` where the two do not agree
 */
export function checkInResponseTo(
  response: Element,
  confirmed: string | undefined,
  { signed }: { signed: boolean },
): string | undefined {
  const said = attribute(response, 'InResponseTo');
  const agreed = said === undefined || said === confirmed || (confirmed === undefined && signed);
  const answered = confirmed ?? said;
  if (agreed && answered !== '') return answered;
  throw new SamlError('SAML_UNSOLICITED', 'The response and its assertion answer different requests.', { point: 7 });
}
