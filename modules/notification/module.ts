import { Activities } from '../activity/index.ts';
import { ClientAddresses, Pulse } from '../connection/index.ts';
import { Customers, Passwords, ResetTokens, Sessions } from '../customer/index.ts';
import { Clock, contribute, Database, defineModule, Environment, Logger, provide } from '../framework/index.ts';
import { MailQueue, Mails, MailTemplates } from '../mail/index.ts';
import { Storefronts } from '../store/index.ts';
import { invitationPages } from './admin/invitation.tsx';
import { onboardingContributions } from './admin/onboarding.tsx';
import { activationTemplate } from './customer/activation.tsx';
import { adoptionTemplate } from './customer/adoption.tsx';
import { welcomeTemplate } from './customer/welcome.tsx';
import { onboardingRoutes } from './http/onboarding.ts';
import { inviteCommand } from './invitation/command.ts';
import { createInvitations, Invitations } from './invitation/invitations.ts';
import { createSelection, Selection } from './invitation/selection.ts';
import { observers } from './observers.ts';
import { createOnboarding } from './onboarding/create-onboarding.ts';
import { Onboarding } from './onboarding/onboarding.ts';
import { onboardingPanel } from './onboarding/panel.ts';
import { alertTemplate } from './operator/alert-mail.tsx';
import { operatorObservers } from './operator/observers.ts';
import { createOperators, Operators } from './operator/operators.ts';
import { mailFacts } from './operator/setup-facts.ts';
import { createPasswordGuests, PasswordGuests } from './password-page/guests.ts';
import { createPasswordLimits, PasswordLimits } from './password-page/http/limits.ts';
import { passwordRoutes } from './password-page/http/routes.ts';
import { createPasswordPlaces, PasswordPlaces } from './password-page/place.ts';
import { customerSettings, operatorSettings } from './settings.ts';
import { hookObservers } from './webhook/observers.ts';
import { hookScopes } from './webhook/scopes.ts';

export default defineModule({
  name: 'notification',
  version: '0.1.0',
  host: '^1',
  sequence: ['mail', 'store', 'customer', 'connection', 'provisioning', 'activity'],
  optional: ['admin', 'saml', 'webhook', 'change-capture'],
  acl: {
    'notification::config': 'Configure who is told of what',
    'notification::onboarding': 'See how far customers have come',
    'notification::invite': 'Send activation mails to customers',
  },
  config: [operatorSettings, customerSettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(Operators, { mails: Mails, config: operatorSettings.token, clock: Clock, logger: Logger }, createOperators),
    provide(Onboarding, { queue: MailQueue, resetTokens: ResetTokens }, ({ queue, resetTokens }) =>
      createOnboarding(queue, resetTokens),
    ),
    provide(
      PasswordPlaces,
      { config: customerSettings.token, environment: Environment },
      ({ config, environment: { baseUrl } }) => createPasswordPlaces(config, baseUrl),
    ),
    provide(Selection, { queue: MailQueue, storefronts: Storefronts, places: PasswordPlaces }, createSelection),
    provide(
      Invitations,
      { selection: Selection, mails: Mails, activities: Activities, clock: Clock },
      createInvitations,
    ),
    provide(
      PasswordGuests,
      {
        database: Database,
        storefronts: Storefronts,
        places: PasswordPlaces,
        customers: Customers,
        passwords: Passwords,
        resetTokens: ResetTokens,
        sessions: Sessions,
        invitations: Invitations,
        activities: Activities,
        clock: Clock,
      },
      createPasswordGuests,
    ),
    provide(PasswordLimits, { addresses: ClientAddresses, pulse: Pulse }, ({ addresses, pulse }) =>
      createPasswordLimits(addresses, pulse),
    ),
  ],
  contributes: [
    contribute(MailTemplates, { resetTokens: ResetTokens, places: PasswordPlaces }, ({ resetTokens, places }) =>
      activationTemplate(resetTokens, places),
    ),
    contribute(MailTemplates, {}, () => welcomeTemplate),
    contribute(MailTemplates, {}, () => adoptionTemplate),
    contribute(MailTemplates, { environment: Environment }, ({ environment }) => alertTemplate(environment.baseUrl)),
    onboardingPanel,
    mailFacts,
    ...onboardingContributions,
    ...hookScopes,
  ],
  observers: [...observers, ...operatorObservers, ...hookObservers],
  routes: [...onboardingRoutes, ...invitationPages, ...passwordRoutes],
  commands: [inviteCommand],
});
