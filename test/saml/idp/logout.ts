import { constants, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { SamlProvider } from '../../../modules/saml/provider/provider.ts';
import { fieldOf } from './forge.ts';
import { type Identity, identity } from './identity.ts';
import { escaped } from './messages.ts';
import { type SignatureFacts, signed, usualSignature } from './sign.ts';

/** A logout message: what is left out is as a good identity provider would have it. */
export interface LogoutForgery {
  readonly provider: SamlProvider;
  readonly now: Date;
  readonly kind?: 'LogoutRequest' | 'LogoutResponse';
  readonly id?: string;
  readonly by?: Identity;
  readonly issuer?: string;
  /** Null: none. */
  readonly destination?: string | null;
  readonly notOnOrAfter?: Date;
  readonly nameId?: string;
  readonly sessionIndexes?: readonly string[];
  readonly inResponseTo?: string;
  readonly status?: string;
  readonly relayState?: string;
  readonly algorithm?: string;
  /** How an ECDSA signature stands in a query. */
  readonly dsaEncoding?: 'ieee-p1363' | 'der';
  readonly signature?: Partial<SignatureFacts>;
  /** How values are written in a query. */
  readonly encode?: (text: string) => string;
  /** Under which name the message stands in a query. */
  readonly parameter?: string;
  /** Changes the message before it is signed. */
  readonly edit?: (xml: string) => string;
}

let numbered = 0;
const names = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';

function logoutXml(forgery: LogoutForgery): string {
  const { provider, now, kind = 'LogoutRequest', id = `_logout${++numbered}`, edit = (xml) => xml } = forgery;
  const destination = forgery.destination === undefined ? provider.logoutUrl : forgery.destination;
  const attributes = [
    `ID="${id}" Version="2.0" IssueInstant="${now.toISOString()}"`,
    destination === null ? '' : ` Destination="${escaped(destination)}"`,
    forgery.notOnOrAfter ? ` NotOnOrAfter="${forgery.notOnOrAfter.toISOString()}"` : '',
    forgery.inResponseTo ? ` InResponseTo="${forgery.inResponseTo}"` : '',
  ].join('');
  const content =
    kind === 'LogoutRequest'
      ? `<saml:NameID>${escaped(forgery.nameId ?? 'ada@example.com')}</saml:NameID>${(forgery.sessionIndexes ?? ['_session']).map((index) => `<samlp:SessionIndex>${escaped(index)}</samlp:SessionIndex>`).join('')}`
      : `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${forgery.status ?? 'Success'}"/></samlp:Status>`;
  return edit(
    `<samlp:${kind} ${names} ${attributes}><saml:Issuer>${escaped(forgery.issuer ?? provider.idp?.entityId ?? '')}</saml:Issuer>${content}</samlp:${kind}>`,
  );
}

/** The raw query string of a signed redirect, without `?`. */
export function forgeLogoutQuery(forgery: LogoutForgery): string {
  const { kind = 'LogoutRequest', by = identity('idp'), relayState, dsaEncoding = 'ieee-p1363' } = forgery;
  const { algorithm = usualSignature(by).algorithm } = forgery;
  const { parameter = kind.replace('Logout', 'SAML'), encode = encodeURIComponent } = forgery;
  const message = deflateRawSync(Buffer.from(logoutXml(forgery))).toString('base64');
  const relayed = relayState === undefined ? '' : `&RelayState=${encode(relayState)}`;
  const text = `${parameter}=${encode(message)}${relayed}&SigAlg=${encode(algorithm)}`;
  const hash = /sha(1|256|384|512)/.exec(algorithm)?.[0] ?? 'sha256';
  const pss = algorithm.includes('MGF1')
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {};
  const signature = sign(hash, Buffer.from(text), { key: by.privateKey, dsaEncoding, ...pss });
  return `${text}&Signature=${encodeURIComponent(signature.toString('base64'))}`;
}

/** The form field of a signed logout message. */
export function forgeLogoutField(forgery: LogoutForgery): string {
  const { kind = 'LogoutRequest', by = identity('idp') } = forgery;
  return fieldOf(signed(logoutXml(forgery), kind, { ...usualSignature(by), ...forgery.signature }));
}
