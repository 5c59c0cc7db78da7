import { Activities } from '../activity/index.ts';
import { ResetTokens } from '../customer/index.ts';
import { Clock, contribute, defineModule, Environment, Logger, provide } from '../framework/index.ts';
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
import { observers } from './observers.ts';
import { createOnboarding } from './onboarding/create-onboarding.ts';
import { Onboarding } from './onboarding/onboarding.ts';
import { onboardingPanel } from './onboarding/panel.ts';
import { guardHeldTemplate } from './operator/guard-held.tsx';
import { createOperators, Operators } from './operator/operators.ts';
import { samlAttentionTemplate } from './operator/saml-attention.tsx';
import { mailFacts } from './operator/setup-facts.ts';
import { tokenExpiringTemplate } from './operator/token-expiring.tsx';
import { customerSettings, operatorSettings } from './settings.ts';

export default defineModule({
  name: 'notification',
  version: '0.1.0',
  host: '^1',
  sequence: ['mail', 'store', 'customer', 'connection', 'provisioning', 'activity'],
  optional: ['admin', 'saml'],
  acl: {
    'notification::config': 'Configure who is told of what',
    'notification::onboarding': 'See how far customers have come',
    'notification::invite': 'Send activation mails to customers',
  },
  config: [operatorSettings, customerSettings],
  provides: [
    provide(Operators, { mails: Mails, config: operatorSettings.token, logger: Logger }, ({ mails, config, logger }) =>
      createOperators(mails, config, logger),
    ),
    provide(Onboarding, { queue: MailQueue, resetTokens: ResetTokens }, ({ queue, resetTokens }) =>
      createOnboarding(queue, resetTokens),
    ),
    provide(
      Invitations,
      { mails: Mails, onboarding: Onboarding, storefronts: Storefronts, activities: Activities, clock: Clock },
      createInvitations,
    ),
  ],
  contributes: [
    contribute(MailTemplates, { resetTokens: ResetTokens }, ({ resetTokens }) => activationTemplate(resetTokens)),
    contribute(MailTemplates, {}, () => welcomeTemplate),
    contribute(MailTemplates, {}, () => adoptionTemplate),
    contribute(MailTemplates, { environment: Environment }, ({ environment }) =>
      tokenExpiringTemplate(environment.baseUrl),
    ),
    contribute(MailTemplates, { environment: Environment }, ({ environment }) =>
      guardHeldTemplate(environment.baseUrl),
    ),
    contribute(MailTemplates, { environment: Environment }, ({ environment }) =>
      samlAttentionTemplate(environment.baseUrl),
    ),
    onboardingPanel,
    mailFacts,
    ...onboardingContributions,
  ],
  observers,
  routes: [...onboardingRoutes, ...invitationPages],
  commands: [inviteCommand],
});
