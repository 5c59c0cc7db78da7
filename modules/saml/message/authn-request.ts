import type { SamlProvider } from '../provider/provider.ts';
import { element, xmlText } from './element.ts';
import { assertionNs, nameIdFormatUris, postBinding, protocolNs } from './names.ts';

/**
 * An AuthnRequest (saml-core §3.4.1) as the connection's settings want it. It names the address that the answer is to go
 * to, so an identity provider that knows several can't choose another.
 */
export function authnRequest(provider: SamlProvider, id: string, destination: string, now: Date): string {
  const { settings, acsUrl, entityId } = provider;
  const { nameIdFormat, forceAuthn, authnContext } = settings;
  return element(
    'samlp:AuthnRequest',
    {
      'xmlns:samlp': protocolNs,
      'xmlns:saml': assertionNs,
      ID: id,
      Version: '2.0',
      IssueInstant: instant(now),
      Destination: destination,
      ForceAuthn: forceAuthn ? 'true' : undefined,
      AssertionConsumerServiceURL: acsUrl,
      ProtocolBinding: postBinding,
    },
    element('saml:Issuer', {}, xmlText(entityId)),
    element('samlp:NameIDPolicy', { Format: nameIdFormatUris[nameIdFormat], AllowCreate: 'true' }),
    authnContext === null
      ? undefined
      : element(
          'samlp:RequestedAuthnContext',
          { Comparison: 'exact' },
          element('saml:AuthnContextClassRef', {}, xmlText(authnContext)),
        ),
  );
}

/** Without milliseconds, which some identity providers refuse. */
export const instant = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`;
