import { Activities } from '../activity/index.ts';
import {
  Clock,
  contribute,
  Database,
  defineModule,
  Encryptor,
  Environment,
  Events,
  Logger,
  onStart,
  onStop,
  provide,
  runningProcesses,
} from '../framework/index.ts';
import { MailTemplates } from '../mail/index.ts';
import { ClientAddresses, createClientAddresses } from './address/client-addresses.ts';
import { connectionCard } from './admin/connection-card.tsx';
import { expiringCard } from './admin/expiring-card.tsx';
import { connectStep, firstRequestStep, firstUserStep } from './admin/first-steps.ts';
import { connectionPages } from './admin/routes.ts';
import { connectionSubject } from './admin/subject.ts';
import { applicationNames } from './application-names.ts';
import { connectionOperations } from './checkup.ts';
import { connectionCommands } from './commands/connection.ts';
import { policyCommands } from './commands/policy.ts';
import { rotationCommands } from './commands/rotation.ts';
import { tokenCommands } from './commands/token.ts';
import { Connections } from './connection.ts';
import { ConnectionEditor, createConnectionEditor, PolicyChecks } from './connection-editor.ts';
import { createConnections } from './connections.ts';
import { createExpiryWatch, ExpiryWatch } from './expiry/watch.ts';
import { defaultConnection } from './first-start.ts';
import { connectionRoutes } from './http/admin/connections.ts';
import { tokenRoutes } from './http/admin/tokens.ts';
import { BearerAuthenticator, createBearerAuthenticator } from './http/bearer.ts';
import { BadTokens } from './limit/bad-tokens.ts';
import { currentSettings } from './limit/current-settings.ts';
import { Pulse } from './limit/pulse.ts';
import { limitsTogether } from './limit/request-limits.ts';
import { limitSettings, networkSettings } from './limit/settings.ts';
import { createSharedUse, SharedUse } from './limit/shared-use.ts';
import { setupLinkTemplate } from './setup/mail.tsx';
import { SetupLinks } from './setup/setup-link.ts';
import { createSetupLinks } from './setup/setup-links.ts';
import { Tokens } from './token.ts';
import { recordedTokens } from './token-record.ts';
import { createTokenVerifier } from './token-verifier.ts';
import { createTokens } from './tokens.ts';
import { TokenVerifier } from './verification.ts';

export default defineModule({
  name: 'connection',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'activity'],
  optional: ['admin', 'mail'],
  acl: {
    'connection::config': 'Configure limits of connections',
    'connection::view': 'See connections, their policies and when their tokens end',
    'connection::manage': 'Make, change, pause and resume connections',
    'connection::tokens': 'List, make, rotate and revoke tokens of connections',
  },
  config: [limitSettings, networkSettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(Connections, {}, () => createConnections()),
    provide(
      ConnectionEditor,
      {
        database: Database,
        connections: Connections,
        activities: Activities,
        clock: Clock,
        checks: PolicyChecks,
      },
      ({ database, connections, activities, clock, checks }) =>
        createConnectionEditor(database, connections, activities, clock, checks),
    ),
    provide(SetupLinks, { encryptor: Encryptor }, ({ encryptor }) => createSetupLinks(encryptor)),
    provide(Tokens, { encryptor: Encryptor, activities: Activities }, ({ encryptor, activities }) =>
      recordedTokens(createTokens(encryptor), activities),
    ),
    provide(
      TokenVerifier,
      { database: Database, encryptor: Encryptor, clock: Clock, logger: Logger },
      ({ database, encryptor, clock, logger }) => createTokenVerifier(database, encryptor, clock, logger),
    ),
    provide(
      ClientAddresses,
      { limits: limitSettings.token, network: networkSettings.token, clock: Clock, logger: Logger },
      ({ limits, network, clock, logger }) => createClientAddresses(currentSettings(limits, network, clock, logger)),
    ),
    provide(Pulse, {}, () => ({ milliseconds: () => performance.now() })),
    provide(SharedUse, { database: Database, logger: Logger, pulse: Pulse }, ({ database, logger, pulse }) =>
      createSharedUse({
        database,
        logger,
        alone: async () => (await runningProcesses(database)).length < 2,
        now: () => pulse.milliseconds(),
      }),
    ),
    provide(
      BearerAuthenticator,
      {
        verifier: TokenVerifier,
        use: SharedUse,
        limits: limitSettings.token,
        network: networkSettings.token,
        clock: Clock,
        pulse: Pulse,
        logger: Logger,
      },
      ({ verifier, use, limits, network, clock, pulse, logger }) =>
        createBearerAuthenticator({
          verifier,
          settings: currentSettings(limits, network, clock, logger),
          requests: limitsTogether(() => pulse.milliseconds(), use),
          badTokens: new BadTokens(() => pulse.milliseconds()),
        }),
    ),
    provide(
      ExpiryWatch,
      { database: Database, connections: Connections, events: Events, clock: Clock, logger: Logger },
      ({ database, connections, events, clock, logger }) =>
        createExpiryWatch(database, connections, events, clock, logger),
    ),
  ],
  contributes: [
    ...connectionOperations,
    applicationNames,
    connectionSubject,
    connectionCard,
    expiringCard,
    connectStep,
    firstRequestStep,
    firstUserStep,
    contribute(MailTemplates, { links: SetupLinks, environment: Environment }, ({ links, environment }) =>
      setupLinkTemplate(links, environment.baseUrl),
    ),
  ],
  routes: [...connectionRoutes, ...tokenRoutes, ...connectionPages],
  commands: [...connectionCommands, ...policyCommands, ...tokenCommands, ...rotationCommands],
  hooks: [
    defaultConnection,
    // Tests count statements: in theirs nothing runs by itself.
    onStart('connection.shared-use', { use: SharedUse, environment: Environment }, ({ use, environment }) => {
      if (environment.nodeEnv !== 'test') use.start();
    }),
    onStop('connection.shared-use-stop', { use: SharedUse }, ({ use }) => use.stop()),
    onStart('connection.token-expiry', { watch: ExpiryWatch }, ({ watch }) => watch.start()),
    onStop('connection.token-expiry-stop', { watch: ExpiryWatch }, ({ watch }) => watch.stop()),
    onStop('connection.token-last-used', { verifier: TokenVerifier }, ({ verifier }) => verifier.flush()),
  ],
});
