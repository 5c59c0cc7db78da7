import type { Activities } from '../../activity/index.ts';
import type { Sessions } from '../../customer/index.ts';
import { type Database, type Logger, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { CarriedMessage } from '../message/bindings.ts';
import { type LogoutOutcome, logoutRequest, logoutResponse } from '../message/logout.ts';
import { newMessageId } from '../message/message-id.ts';
import type { SamlProvider } from '../provider/provider.ts';
import type { Admissions } from '../request/admissions.ts';
import type { SamlRequests } from '../request/requests.ts';
import type { EndingSession, SamlSessions } from '../session/session.ts';
import type { VerifiedLogoutRequest, VerifiedLogoutResponse } from '../verification/logout-verifier.ts';
import { signOut, toProvider } from './departure.ts';

/** Somebody who logs out at one of our pages. */
export interface LeavingPerson {
  readonly provider: SamlProvider;
  /** The secret of the browser's session. */
  readonly secret: string;
  /** Digest of the browser's nonce. */
  readonly browser: string;
  /** Where the browser goes when all is done. */
  readonly returnTo: string | null;
  readonly requestId: string;
  readonly now: Date;
}

/** A message of the identity provider, as it came. */
export interface LogoutOccasion {
  readonly provider: SamlProvider;
  /** Digest of the browser's nonce. */
  readonly browser: string | undefined;
  readonly binding: 'redirect' | 'post';
  readonly requestId: string;
  readonly now: Date;
}

/**
 * Single logout. Whatever the identity provider makes of it, here it is done at once: our sessions of the customer end,
 * and with them everything that the store lets the customer in with.
 */
export interface Logouts {
  /**
   * Logs the person of this browser out, and answers what tells the identity provider; `unasked` where that takes no
   * logout, undefined where nobody was signed in.
   */
  leave(person: LeavingPerson): Promise<CarriedMessage | 'unasked' | undefined>;
  /**
   * Carries out what an identity provider asks for, and answers what tells it so; undefined where it wants no answer.
   * @throws SamlError `SAML_REPLAYED`
   */
  obey(request: VerifiedLogoutRequest, occasion: LogoutOccasion): Promise<CarriedMessage | undefined>;
  /**
   * Hears the identity provider's answer: how far its logout went, `told` where it says so unsigned, and where the browser
   * wanted to go.
   * @throws SamlError `SAML_UNSOLICITED`
   */
  hear(
    response: VerifiedLogoutResponse,
    occasion: LogoutOccasion,
  ): Promise<{ readonly extent: 'everywhere' | 'told' | 'partly'; readonly returnTo: string | null }>;
}
export const Logouts: ServiceToken<Logouts> = service<Logouts>('saml.Logouts');

export interface LogoutParts {
  readonly database: Database;
  readonly sessions: SamlSessions;
  readonly requests: SamlRequests;
  readonly admissions: Admissions;
  readonly storeSessions: Sessions;
  readonly activities: Activities;
  readonly logger: Logger;
}

const unsignedNote = 'The answer was not signed: it ended this logout, and proves nothing.';

export function createLogouts(parts: LogoutParts): Logouts {
  const { database, sessions, requests, admissions, storeSessions, activities, logger } = parts;

  /** Ends what the store lets these customers in with, and records it. */
  function depart(
    tx: Transaction,
    ended: readonly EndingSession[],
    entry: { actor: string; notes: readonly string[]; requestId: string; now: Date },
  ): void {
    const { now: at, ...rest } = entry;
    for (const customerId of new Set(ended.map((session) => session.customerId)))
      storeSessions.cutOff(tx, customerId, at);
    for (const session of ended) activities.record(tx, signOut({ at, session, ...rest }));
  }

  /** What an identity provider has asked for; `failed` where it could not be done, so that nobody believes it was. */
  async function carryOut(asked: {
    connectionId: number;
    nameId: string;
    sessionIndexes: readonly string[];
    requestId: string;
    now: Date;
  }): Promise<LogoutOutcome> {
    const { connectionId, nameId, requestId, now } = asked;
    const record = { operation: 'sign-out', connectionId, subject: nameId, actor: 'SAML', requestId, at: now };
    try {
      await database.transaction(async (tx) => {
        const ended = await sessions.endOfSubject(tx, connectionId, asked);
        depart(tx, ended, { actor: 'SAML', notes: ['The identity provider has ended the session.'], requestId, now });
        if (ended.length > 0) return;
        // It may have run out here before: then what was asked for is so already.
        const notes = ['The identity provider has ended a session that was over here.'];
        activities.record(tx, { ...record, outcome: 'unchanged', status: 200, notes });
      });
      return 'success';
    } catch (err) {
      logger.error({ err, requestId }, 'A logout that the identity provider asked for failed');
      activities.note({
        ...record,
        outcome: 'failed',
        status: 500,
        reason: 'The session could not be ended; see the log.',
      });
      return 'failed';
    }
  }

  return {
    async leave({ provider, secret, browser, returnTo, requestId, now }) {
      const { idp, connection, keys } = provider;
      const urls = idp?.sloUrls;
      const tells = keys.signing !== undefined && (urls?.redirect ?? urls?.post) !== undefined;
      const notes = [tells ? 'The identity provider was asked to log out, too.' : 'Ended here only.'];
      const left = await database.transaction(async (tx) => {
        const own = await sessions.end(tx, connection.id, secret, now);
        if (!own) return undefined;
        const others = await sessions.endOfCustomer(tx, own.customerId);
        depart(tx, [own, ...others], { actor: 'SAML', notes, requestId, now });
        const asked = { connectionId: connection.id, kind: 'logout', returnTo, browser, now } as const;
        return { own, others, pending: tells ? await requests.open(tx, asked) : undefined };
      });
      if (!left?.pending) return left && 'unasked';
      const { own, others, pending } = left;
      if (!own.subject) return 'unasked';
      const { nameId } = own.subject;
      const same = others.filter((other) => other.subject?.nameId.value === nameId.value);
      const subject = { nameId, sessionIndexes: [own, ...same].flatMap((each) => each.subject?.sessionIndex ?? []) };
      const compose = (destination: string) => logoutRequest(provider, { id: pending.id, destination, subject, now });
      return toProvider(provider, urls, { kind: 'SAMLRequest', relayState: pending.id, compose }) ?? 'unasked';
    },
    async obey(request, { provider, browser, binding, requestId, now }) {
      const { connection, idp } = provider;
      const { id: inResponseTo, nameId, sessionIndexes, relayState } = request;
      await database.transaction((tx) => admissions.logoutRequest(tx, request, { provider, browser, now }));
      const outcome = await carryOut({
        connectionId: connection.id,
        nameId: nameId.value,
        sessionIndexes,
        requestId,
        now,
      });
      const compose = (destination: string) =>
        logoutResponse(provider, { id: newMessageId(), destination, inResponseTo, outcome, now });
      const { redirect, post } = idp?.sloResponseUrls ?? {};
      const urls = (redirect ?? post) === undefined ? idp?.sloUrls : idp?.sloResponseUrls;
      return toProvider(provider, urls, { kind: 'SAMLResponse', relayState, compose }, binding);
    },
    async hear(response, { provider, browser, requestId, now }) {
      const pending = await database.transaction((tx) =>
        admissions.logoutResponse(tx, response, { provider, browser, now }),
      );
      const done = response.status === 'success';
      activities.note({
        at: now,
        operation: 'sign-out.answer',
        outcome: done ? 'done' : 'refused',
        status: 200,
        connectionId: provider.connection.id,
        actor: 'SAML',
        requestId,
        notes: response.signed ? [] : [unsignedNote],
        ...(done
          ? {}
          : {
              reason: `The identity provider says that its logout went wrong or reached a part only (${response.status}).`,
            }),
      });
      const extent = done ? (response.signed ? 'everywhere' : 'told') : 'partly';
      return { extent, returnTo: pending.returnTo };
    },
  };
}
