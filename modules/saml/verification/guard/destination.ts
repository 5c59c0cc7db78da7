import { SamlError } from '../../error.ts';
import { attribute } from '../../xml/element.ts';

/**
 * Point 4: the message was sent to this address. A signed one has to say so (bindings §3.4.5.2, §3.5.5.2).
 *
 * @throws SamlError `SAML_DESTINATION`
 */
export function checkDestination(message: Element, address: string, { signed }: { signed: boolean }): void {
  const destination = attribute(message, 'Destination');
  if (destination === address || (destination === undefined && !signed)) return;
  const found = destination
    ? `is for ${JSON.stringify(destination.slice(0, 256))}`
    : 'is signed and does not say for whom';
  throw new SamlError(
    'SAML_DESTINATION',
    `<${message.localName}> ${found}, expected is ${JSON.stringify(address)}. Check the address in the identity provider.`,
    { point: 4 },
  );
}
