import { SamlError } from '../../error.ts';
import type { IdentityProvider, SamlProvider } from '../../provider/provider.ts';
import { decodeBase64 } from '../../xml/base64.ts';
import { parseXml, readXml } from '../../xml/document.ts';
import { attribute, children, text } from '../../xml/element.ts';
import { inflateMessage } from '../../xml/inflate.ts';
import { maxInflated, messageLimits } from '../../xml/limits.ts';
import { samlp } from '../../xml/names.ts';
import { decodeUtf8 } from '../../xml/utf8.ts';
import { checkAge, checkEnd, instantOf, skew } from '../guard/clock.ts';
import { checkDestination } from '../guard/destination.ts';
import { checkIssuer } from '../guard/issuer.ts';
import { readNameId } from '../guard/name-id.ts';
import { readStatus } from '../guard/status.ts';
import { checkLogout } from '../guard/structure.ts';
import type { LogoutArrival, LogoutVerifier } from '../logout-verifier.ts';
import { verifyEnveloped } from '../signature/enveloped.ts';
import { signatureOf } from '../signature/shape.ts';
import { readRedirect } from './query.ts';
import { verifyRedirect } from './query-signature.ts';

interface Opened {
  /** As signed where `signed`, otherwise as anybody may have written it. */
  readonly root: Element;
  readonly signed: boolean;
  readonly relayState: string | undefined;
}

const isResponse = (root: Element): boolean => root.localName === 'LogoutResponse';

async function open(arrival: LogoutArrival, { certificates }: IdentityProvider): Promise<Opened> {
  if (arrival.binding === 'post') {
    const read = readXml(decodeUtf8(decodeBase64(arrival.message, messageLimits.maxBytes)));
    checkLogout(read.root);
    const { relayState } = arrival;
    if (isResponse(read.root) && !signatureOf(read.root)) return { root: read.root, signed: false, relayState };
    const { xml } = verifyEnveloped(read.text, read.root, certificates);
    return { root: parseXml(xml).root, signed: true, relayState };
  }
  const redirect = readRedirect(arrival.rawQuery);
  // Before anything is inflated or parsed: most of what strangers send ends here.
  if (redirect.signature) verifyRedirect(redirect.signature, certificates);
  const { root } = readXml(decodeUtf8(await inflateMessage(decodeBase64(redirect.message, maxInflated))));
  if (root.localName !== redirect.parameter.replace('SAML', 'Logout'))
    throw new SamlError('SAML_STRUCTURE', `The ${redirect.parameter} is a <${root.localName}>.`, { point: 2 });
  return { root, signed: redirect.signature !== undefined, relayState: redirect.relayState };
}

function statusOf(root: Element): 'success' | 'partial' | 'failed' {
  const { codes } = readStatus(root);
  if (codes.includes('PartialLogout')) return 'partial';
  return codes[0] === 'Success' ? 'success' : 'failed';
}

function responseOf(root: Element, signed: boolean) {
  const inResponseTo = attribute(root, 'InResponseTo');
  if (!inResponseTo) throw new SamlError('SAML_UNSOLICITED', 'The logout response answers no request.', { point: 7 });
  return { kind: 'response', signed, inResponseTo, status: statusOf(root) } as const;
}

function requestOf(root: Element) {
  const sessionIndexes = children(root, samlp, 'SessionIndex').map(text);
  return { kind: 'request', nameId: readNameId(root), sessionIndexes } as const;
}

function providerOf({ enabled, idp }: SamlProvider): IdentityProvider {
  if (enabled && idp) return idp;
  throw new SamlError('SAML_DISABLED', 'SAML is switched off for this connection, or no identity provider is known.');
}

/** The guard over logout messages: points 1 to 4, 9 and 11, and how old they are. Requests have to be signed. */
export function createLogoutVerifier(): LogoutVerifier {
  return {
    async verify(arrival) {
      const { provider, now } = arrival;
      const idp = providerOf(provider);
      const { root, signed, relayState } = await open(arrival, idp);
      checkLogout(root);
      const issuer = checkIssuer(root, idp.entityId);
      checkDestination(root, provider.logoutUrl, { signed });
      const [end, ownEnd] = [checkAge(root, now, 6), instantOf(root, 'NotOnOrAfter')];
      if (ownEnd) checkEnd(ownEnd, now, 'The logout message', 6);
      const notOnOrAfter = new Date(Math.min(end.getTime(), ownEnd?.getTime() ?? end.getTime()) + skew);
      const common = { id: attribute(root, 'ID') ?? '', issuer, relayState, notOnOrAfter };
      return isResponse(root) ? { ...common, ...responseOf(root, signed) } : { ...common, ...requestOf(root) };
    },
  };
}
