import type { Transaction } from '../../framework/index.ts';
import { SamlError } from '../error.ts';
import type { Admissions, Bearer } from './admissions.ts';
import type { PendingRequest } from './pending-request.ts';
import type { SamlRequests } from './requests.ts';

const unasked = (what: string): SamlError => new SamlError('SAML_UNSOLICITED', what, { point: 7 });

/** Point 7: the request that a message answers, consumed. */
async function takeAnswered(
  requests: SamlRequests,
  tx: Transaction,
  id: string,
  { provider, browser, now }: Bearer,
): Promise<PendingRequest> {
  const taken = browser && (await requests.take(tx, { id, connectionId: provider.connection.id, browser, now }));
  if (taken) return taken;
  throw unasked(
    'The message answers a request that this browser did not make, that was answered before, or that is older than ten minutes. Begin the sign-in once more.',
  );
}

/** Point 8: the message has not come before. */
async function checkFirst(
  requests: SamlRequests,
  tx: Transaction,
  messageId: string,
  until: Date,
  { provider }: Bearer,
): Promise<void> {
  if (await requests.firstSight(tx, { connectionId: provider.connection.id, messageId, until })) return;
  throw new SamlError('SAML_REPLAYED', `The message ${JSON.stringify(messageId.slice(0, 128))} has come before.`, {
    point: 8,
  });
}

/** Points 7 and 8 over `SamlRequests`. */
export function createAdmissions(requests: SamlRequests): Admissions {
  return {
    async login(tx, { assertionId, inResponseTo, notOnOrAfter }, bearer) {
      if (inResponseTo === undefined && !bearer.provider.settings.idpInitiated)
        throw unasked(
          'Nobody asked for this assertion. Begin the sign-in at the store, or allow sign-ins that begin at the identity provider.',
        );
      await checkFirst(requests, tx, assertionId, notOnOrAfter, bearer);
      if (inResponseTo === undefined) return undefined;
      const taken = await takeAnswered(requests, tx, inResponseTo, bearer);
      if (taken.kind === 'logout') throw unasked('An assertion answers a logout request.');
      return taken;
    },
    async logoutRequest(tx, { id, notOnOrAfter }, bearer) {
      await checkFirst(requests, tx, id, notOnOrAfter, bearer);
    },
    async logoutResponse(tx, { inResponseTo }, bearer) {
      const taken = await takeAnswered(requests, tx, inResponseTo, bearer);
      if (taken.kind !== 'logout') throw unasked('A logout response answers a login request.');
      return taken;
    },
  };
}
