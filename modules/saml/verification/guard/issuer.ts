import { SamlError } from '../../error.ts';
import { attribute, child, uri } from '../../xml/element.ts';
import { saml } from '../../xml/names.ts';

const entity = 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity';

/**
 * Point 3: the message was issued by the identity provider of this connection.
 *
 * @param optional a response may leave its issuer to the assertion
 * @returns the issuer
 * @throws SamlError `SAML_ISSUER`
 */
export function checkIssuer(message: Element, expected: string, { optional = false } = {}): string {
  const issuer = child(message, saml, 'Issuer');
  if (!issuer && optional) return expected;
  const found = issuer ? uri(issuer) : undefined;
  const format = issuer ? (attribute(issuer, 'Format') ?? entity) : entity;
  if (found !== expected || format !== entity)
    throw new SamlError(
      'SAML_ISSUER',
      `<${message.localName}> was issued by ${found === undefined ? 'nobody' : JSON.stringify(found.slice(0, 256))}, expected is ${JSON.stringify(expected)}. Check the identity provider's entity ID.`,
      { point: 3 },
    );
  return found;
}
