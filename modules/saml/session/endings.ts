import type { Activities } from '../../activity/index.ts';
import type { Customers } from '../../customer/index.ts';
import { type Database, type ServiceToken, service, sql } from '../../framework/index.ts';
import { mayStay } from '../login/standing.ts';
import { signOut } from '../logout/departure.ts';
import type { ProviderLogout } from '../logout/provider-logout.ts';
import type { SamlSessions } from './session.ts';

/** Ends sessions of people who may not stay. */
export interface SessionEndings {
  /**
   * Looks whether a customer is there and active; where not, ends its sessions and the codes that wait, records it, and
   * tells identity providers that listen without a browser. One statement for whoever is not signed in.
   */
  ofCustomer(customerId: number, requestId: string | undefined, now: Date): Promise<void>;
}
export const SessionEndings: ServiceToken<SessionEndings> = service<SessionEndings>('saml.SessionEndings');

export function createEndings(parts: {
  readonly database: Database;
  readonly sessions: SamlSessions;
  readonly customers: Customers;
  readonly activities: Activities;
  readonly providerLogout: ProviderLogout;
}): SessionEndings {
  const { database, sessions, customers, activities, providerLogout } = parts;
  return {
    async ofCustomer(customerId, requestId, now) {
      const held =
        await database.first(sql`SELECT 1 AS held FROM {vestibule_saml_session} WHERE customer_id = ${customerId}
        UNION ALL SELECT 1 AS held FROM {vestibule_saml_code} WHERE customer_id = ${customerId} LIMIT 1`);
      if (!held || mayStay(await customers.byId(database, customerId))) return;
      const ended = await database.transaction((tx) => sessions.endOfCustomer(tx, customerId));
      for (const session of ended) {
        const told = await providerLogout.tell(session, now);
        activities.note(
          signOut({
            at: now,
            session,
            actor: 'SAML',
            requestId,
            notes: ['The customer was deactivated, deleted or anonymised.', told],
          }),
        );
      }
    },
  };
}
