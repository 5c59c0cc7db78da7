import { HOST_VERSION } from '../../../framework/index.ts';
import type { WebhookSecrets } from '../../webhook.ts';
import { signatureOf } from './signature.ts';

/** A request as it goes out. */
export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Headers of the subscription first: what Standard Webhooks and HTTP say of the message can't be overridden by them. */
export function signedRequest(
  message: { readonly id: string; readonly url: string; readonly body: string; readonly nowMs: number },
  { headers, secrets }: WebhookSecrets,
): SignedRequest {
  const { id, url, body, nowMs } = message;
  const timestamp = Math.floor(nowMs / 1_000);
  return {
    url,
    body,
    headers: {
      ...headers,
      'Content-Type': 'application/json',
      'User-Agent': `Vestibule/${HOST_VERSION} (webhooks)`,
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatureOf({ id, timestamp, body }, secrets),
    },
  };
}

/** The same with the values of the subscription's own headers left out, to be shown. */
export function shownHeaders(
  { headers }: SignedRequest,
  own: WebhookSecrets['headers'],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, name in own ? '••••••' : value]));
}
