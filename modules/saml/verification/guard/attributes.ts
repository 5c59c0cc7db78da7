import { SamlError } from '../../error.ts';
import { attribute, children, text } from '../../xml/element.ts';
import { saml } from '../../xml/names.ts';

const point = 10;

/** A value that is text, or a NameID as `eduPersonTargetedID` has one; undefined for what a claim can't be. */
function claimOf(element: Element): string | undefined {
  const inner = children(element);
  if (inner.length === 0) return text(element);
  const [only] = inner;
  const isNameId = inner.length === 1 && only?.localName === 'NameID' && only.namespaceURI === saml;
  return isNameId && only ? text(only) : undefined;
}

/**
 * Point 10: attributes by name, in a Map, because names come from outside and `__proto__` is one. Values of two
 * attributes of one name follow each other.
 *
 * @throws SamlError `SAML_STRUCTURE`, `SAML_ENCRYPTION` for attributes encrypted one by one
 */
export function readAttributes(assertion: Element): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, string[]>();
  for (const statement of children(assertion, saml, 'AttributeStatement'))
    for (const element of children(statement)) {
      if (element.localName === 'EncryptedAttribute')
        throw new SamlError('SAML_ENCRYPTION', 'An attribute is encrypted. Let the whole assertion be encrypted.', {
          point,
        });
      const name = attribute(element, 'Name');
      if (element.localName !== 'Attribute' || element.namespaceURI !== saml || !name)
        throw new SamlError('SAML_STRUCTURE', 'The assertion has an attribute without a name.', { point });
      const values = children(element, saml, 'AttributeValue').map(claimOf);
      const earlier = attributes.get(name) ?? [];
      attributes.set(name, [...earlier, ...values.filter((value) => value !== undefined)]);
    }
  return attributes;
}
