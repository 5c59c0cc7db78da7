import { SamlError } from '../../error.ts';
import type { SamlSettings } from '../../provider/provider.ts';
import type { SessionFacts } from './session.ts';

/**
 * What a connection asks of an authentication is also looked for in the answer (core §3.3.2.2.1: a request for `exact`
 * one is answered with that one): whoever has come without a second factor that was asked for stays outside.
 *
 * @throws SamlError `SAML_AUTHN_CONTEXT`
 */
export function checkAuthnContext(
  { authnContext: found }: SessionFacts,
  { authnContext: wanted }: Pick<SamlSettings, 'authnContext'>,
): void {
  if (wanted === null || found === wanted) return;
  throw new SamlError(
    'SAML_AUTHN_CONTEXT',
    `The person was authenticated by ${found === undefined ? 'nothing that is named' : JSON.stringify(found.slice(0, 256))}, this connection asks for ${JSON.stringify(wanted)}. Let the identity provider demand it, or change the connection's Authentication Context.`,
    { point: 13 },
  );
}
