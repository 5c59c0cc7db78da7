import { SamlError } from '../../error.ts';
import { children, onlyChild, uri } from '../../xml/element.ts';
import { saml } from '../../xml/names.ts';
import { checkBegin, checkEnd, instantOf } from './clock.ts';

const point = 6;
/** Conditions that are understood; one that is not makes the assertion's validity undecidable (core §2.5.1.1). */
const known = new Set(['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']);

/**
 * Point 6: the assertion is valid now, and for us: each audience restriction names us.
 *
 * @param audience our entity ID
 * @returns when it ends, where it says so
 * @throws SamlError `SAML_AUDIENCE`, `SAML_EXPIRED`, `SAML_STRUCTURE`
 */
export function checkConditions(assertion: Element, audience: string, now: Date): Date | undefined {
  const conditions = onlyChild(assertion, saml, 'Conditions');
  const list = children(conditions);
  const strange = list.find((c) => c.namespaceURI !== saml || !known.has(c.localName));
  if (strange)
    throw new SamlError('SAML_STRUCTURE', `The assertion has the condition <${strange.nodeName.slice(0, 64)}>.`, {
      point,
    });
  const begin = instantOf(conditions, 'NotBefore');
  if (begin) checkBegin(begin, now, 'The assertion', point);
  const end = instantOf(conditions, 'NotOnOrAfter');
  if (end) checkEnd(end, now, 'The assertion', point);
  const restrictions = list.filter((c) => c.localName === 'AudienceRestriction');
  const audiences = restrictions.map((restriction) => children(restriction, saml, 'Audience').map(uri));
  if (audiences.length === 0 || audiences.some((named) => !named.includes(audience)))
    throw new SamlError(
      'SAML_AUDIENCE',
      `The assertion is for ${JSON.stringify(audiences.flat().join(', ').slice(0, 256))}, expected is ${JSON.stringify(audience)}. Check the audience (SP entity ID) in the identity provider.`,
      { point },
    );
  return end;
}
