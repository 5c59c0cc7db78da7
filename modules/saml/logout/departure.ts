import type { ActivityEntry } from '../../activity/index.ts';
import { wayTo } from '../login/beginning.ts';
import { byPost, byRedirect, type CarriedMessage } from '../message/bindings.ts';
import type { Endpoints, SamlProvider } from '../provider/provider.ts';
import type { EndingSession } from '../session/session.ts';

/** Who logs out, and how it came: `sign-out` in the record. */
export const signOut = (
  given: Pick<ActivityEntry, 'at' | 'requestId' | 'actor' | 'notes'> & { session: EndingSession },
): ActivityEntry => {
  const { session, ...rest } = given;
  return {
    ...rest,
    operation: 'sign-out',
    outcome: 'done',
    status: 200,
    connectionId: session.connectionId,
    customerId: session.customerId,
    subject: session.subject?.nameId.value,
  };
};

/** Makes a logout message once it is known where it goes. */
export type Compose = (destination: string) => string;

/** A logout message to the identity provider by way of the browser; undefined where it takes none. Always signed. */
export function toProvider(
  { keys, settings }: Pick<SamlProvider, 'keys' | 'settings'>,
  urls: Endpoints | undefined,
  { compose, ...message }: { kind: 'SAMLRequest' | 'SAMLResponse'; relayState: string | undefined; compose: Compose },
  wanted: 'redirect' | 'post' = settings.requestBinding,
): CarriedMessage | undefined {
  const [binding, address] = wayTo(urls, wanted);
  if (address === undefined || keys.signing === undefined) return undefined;
  const carried = { ...message, xml: compose(address), address, key: keys.signing };
  return binding === 'post' ? byPost(carried) : byRedirect(carried);
}
