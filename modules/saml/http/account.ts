import { CustomerGroups, Customers } from '../../customer/index.ts';
import { Database, route } from '../../framework/index.ts';
import { LoginRefused } from '../login/arrival.ts';
import { refusalOfSignIn } from '../login/refusal.ts';
import { mayStay } from '../login/standing.ts';
import { accountPage } from '../page/account.tsx';
import { accountOf } from '../page/account-of.ts';
import { SessionEndings } from '../session/endings.ts';
import { SamlSessions } from '../session/session.ts';
import { logoutForms } from './logout.ts';
import { signInOperations } from './operations.ts';
import { ReceptionService } from './services.ts';
import { go, show } from './show.ts';

/** Who is signed in, for stores without a storefront of their own. */
export const accountRoute = route('GET /saml/:connection/account', {
  operation: signInOperations.account,
  public: 'a person sees who is signed in, by the session in a cookie',
  inject: {
    database: Database,
    reception: ReceptionService,
    sessions: SamlSessions,
    endings: SessionEndings,
    customers: Customers,
    groups: CustomerGroups,
  },
  handle: (request, response, { database, reception, sessions, endings, customers, groups }) =>
    reception.receive(request, response, async ({ provider, shop, now, requestId }) => {
      const { connection } = provider;
      const secret = reception.session.read(request);
      const session = secret === undefined ? undefined : await sessions.find(database, connection.id, secret, now);
      if (!session) return go(response, `/saml/${connection.code}/login?return_to=/saml/${connection.code}/account`);
      const customer = await customers.byId(database, session.customerId);
      if (!mayStay(customer)) {
        await endings.ofCustomer(session.customerId, requestId, now);
        reception.session.clear(response);
        throw new LoginRefused(
          refusalOfSignIn('INACTIVE', 'Your account in this store is deactivated, so you were logged out.'),
        );
      }
      const addresses = await customers.addresses(database, customer);
      const group = await groups.byId(database, Number(customer.attributes.group_id ?? 0));
      const page = accountPage(shop, accountOf(customer, addresses, group?.code), `/saml/${connection.code}/logout`);
      show(response, page, 200, logoutForms(provider));
    }),
});
