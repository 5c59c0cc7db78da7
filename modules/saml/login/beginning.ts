import type { Executor } from '../../framework/index.ts';
import { SamlError } from '../error.ts';
import { authnRequest } from '../message/authn-request.ts';
import { byPost, byRedirect, type CarriedMessage } from '../message/bindings.ts';
import type { SamlProvider } from '../provider/provider.ts';
import type { SamlRequests } from '../request/requests.ts';
import { accountPath, type ReturnAddress } from './return-address.ts';

/** A login that begins in this browser. */
export interface Beginning {
  readonly provider: SamlProvider;
  /** Of a login; for a test, its ticket. */
  readonly purpose:
    | { readonly kind: 'login'; readonly to: ReturnAddress }
    | { readonly kind: 'test'; readonly ticket: string };
  /** Digest of the browser's nonce. */
  readonly browser: string;
  readonly now: Date;
}

const kept = (code: string, purpose: Beginning['purpose']): string => {
  if (purpose.kind === 'test') return purpose.ticket;
  return purpose.to.kind === 'account' ? accountPath(code) : purpose.to.address;
};

/**
 * Asks the identity provider who sits at this browser: what the browser is to carry there. One statement.
 * @throws SamlError `SAML_DISABLED` where the identity provider takes no request
 */
export async function beginLogin(
  db: Executor,
  requests: SamlRequests,
  { provider, purpose, browser, now }: Beginning,
): Promise<CarriedMessage> {
  const { idp, settings, keys, connection } = provider;
  const [binding, address] = wayTo(idp?.ssoUrls, settings.requestBinding);
  if (address === undefined)
    throw new SamlError(
      'SAML_DISABLED',
      `The connection "${connection.code}" knows no address for logins at its identity provider; import the metadata again.`,
    );
  const { id } = await requests.open(db, {
    connectionId: connection.id,
    kind: purpose.kind,
    returnTo: kept(connection.code, purpose),
    browser,
    now,
  });
  const key = settings.signRequests ? keys.signing : undefined;
  const xml = authnRequest(provider, id, address, now);
  const message = { xml, kind: 'SAMLRequest', relayState: id, address, key } as const;
  return binding === 'post' ? byPost(message) : byRedirect(message);
}

/** The wanted binding if the identity provider takes it, else the other one. */
export function wayTo(
  urls: { readonly redirect?: string; readonly post?: string } | undefined,
  wanted: 'redirect' | 'post',
): ['redirect' | 'post', string | undefined] {
  const other = wanted === 'post' ? 'redirect' : 'post';
  return urls?.[wanted] === undefined && urls?.[other] !== undefined ? [other, urls[other]] : [wanted, urls?.[wanted]];
}
