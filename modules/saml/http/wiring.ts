import { Activities } from '../../activity/index.ts';
import { ClientAddresses, Connections, Pulse } from '../../connection/index.ts';
import { Customers, CustomerTokens, Sessions } from '../../customer/index.ts';
import {
  Clock,
  Database,
  Encryptor,
  Environment,
  Logger,
  type Mount,
  Outgoing,
  type Provision,
  provide,
  type Route,
} from '../../framework/index.ts';
import { Storefronts } from '../../store/index.ts';
import { SamlCodes } from '../code/code.ts';
import { createCodes } from '../code/codes.ts';
import { CodeExchange, createExchange } from '../code/exchange.ts';
import { SamlSignIns } from '../identity/sign-ins.ts';
import { createFinishing, LoginFinishing } from '../login/finishing.ts';
import { createLogouts, Logouts } from '../logout/logouts.ts';
import { createProviderLogout, ProviderLogout } from '../logout/provider-logout.ts';
import { samlSecurity } from '../metadata/settings.ts';
import { SamlProviders } from '../provider/providers.ts';
import { Admissions } from '../request/admissions.ts';
import { SamlRequests } from '../request/requests.ts';
import { createEndings, SessionEndings } from '../session/endings.ts';
import { createHousekeeping, Housekeeping } from '../session/housekeeping.ts';
import { SamlSessions } from '../session/session.ts';
import { createSessions } from '../session/sessions.ts';
import { TestLogins } from '../test-login/test-login.ts';
import { createTestLogins } from '../test-login/test-logins.ts';
import { AssertionVerifier } from '../verification/assertion-verifier.ts';
import { LogoutVerifier } from '../verification/logout-verifier.ts';
import { accountRoute } from './account.ts';
import { acsRoute } from './acs.ts';
import { assetRoute } from './assets.ts';
import { createWrongCodes, exchangeRoute, WrongCodes } from './exchange.ts';
import { loginRoute } from './login.ts';
import { logoutRoutes } from './logout.ts';
import { ReceptionService } from './services.ts';
import { Authenticate, createAuthenticate } from './strategy.ts';
import { createReception } from './visit.ts';

/** Login, logout, sessions, codes and tests. */
export const signInServices: readonly Provision[] = [
  provide(SamlSessions, { encryptor: Encryptor }, ({ encryptor }) => createSessions(encryptor)),
  provide(SamlCodes, {}, () => createCodes()),
  provide(TestLogins, { encryptor: Encryptor }, ({ encryptor }) => createTestLogins(encryptor)),
  provide(
    Housekeeping,
    { database: Database, sessions: SamlSessions, tests: TestLogins, logger: Logger },
    createHousekeeping,
  ),
  provide(
    LoginFinishing,
    {
      database: Database,
      verifier: AssertionVerifier,
      admissions: Admissions,
      requests: SamlRequests,
      signIns: SamlSignIns,
      sessions: SamlSessions,
      codes: SamlCodes,
      tests: TestLogins,
      activities: Activities,
    },
    createFinishing,
  ),
  provide(Authenticate, { finishing: LoginFinishing }, ({ finishing }) => createAuthenticate(finishing)),
  provide(
    ProviderLogout,
    {
      database: Database,
      connections: Connections,
      providers: SamlProviders,
      verifier: LogoutVerifier,
      outgoing: Outgoing,
      settings: samlSecurity.token,
      logger: Logger,
    },
    createProviderLogout,
  ),
  provide(
    SessionEndings,
    {
      database: Database,
      sessions: SamlSessions,
      customers: Customers,
      activities: Activities,
      providerLogout: ProviderLogout,
    },
    createEndings,
  ),
  provide(
    Logouts,
    {
      database: Database,
      sessions: SamlSessions,
      requests: SamlRequests,
      admissions: Admissions,
      storeSessions: Sessions,
      activities: Activities,
      logger: Logger,
    },
    createLogouts,
  ),
  provide(
    CodeExchange,
    { database: Database, codes: SamlCodes, customers: Customers, tokens: CustomerTokens, activities: Activities },
    createExchange,
  ),
  provide(WrongCodes, { pulse: Pulse }, ({ pulse }) => createWrongCodes(pulse)),
  provide(
    ReceptionService,
    {
      database: Database,
      providers: SamlProviders,
      storefronts: Storefronts,
      addresses: ClientAddresses,
      activities: Activities,
      environment: Environment,
      clock: Clock,
      logger: Logger,
      pulse: Pulse,
    },
    createReception,
  ),
];

/** What people, identity providers and storefronts come to. */
export const signInRoutes: readonly (Route | Mount)[] = [
  assetRoute,
  loginRoute,
  acsRoute,
  accountRoute,
  exchangeRoute,
  ...logoutRoutes,
];
