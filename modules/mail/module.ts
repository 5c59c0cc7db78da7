import {
  Clock,
  Database,
  defineModule,
  Environment,
  Events,
  Logger,
  onStart,
  onStopping,
  provide,
  type ServiceToken,
  service,
} from '../framework/index.ts';
import { Storefronts, Websites } from '../store/index.ts';
import { mailOperations } from './checkup.ts';
import { deliverCommand } from './commands/deliver.ts';
import { listCommand } from './commands/list.ts';
import { previewCommand } from './commands/preview.ts';
import { retryCommand } from './commands/retry.ts';
import { testCommand } from './commands/test.ts';
import { Bell, createBell } from './delivery/bell.ts';
import { createComposer } from './delivery/compose.ts';
import { createDelivery } from './delivery/delivery.ts';
import { createJobs, MailJobs } from './delivery/jobs.ts';
import { createMarker } from './delivery/mark.ts';
import { mailObservers } from './delivery/observers.ts';
import { createPostOffice, type PostOffice } from './delivery/post-office.ts';
import { createTestMails } from './delivery/send-test.tsx';
import { createSessions } from './delivery/sessions.ts';
import { mailRoutes } from './http/mails.ts';
import { Mails } from './mail.ts';
import { createPreviews } from './preview/create-previews.ts';
import { MailPreviews } from './preview/previews.ts';
import { createQueue } from './queue/create-queue.ts';
import { createMails } from './queue/insert.ts';
import { purgeMails } from './queue/purge.ts';
import { MailQueue } from './queue/queue.ts';
import { queueSettings } from './queue/settings.ts';
import { senderSettings } from './sender/settings.ts';
import { smtpSettings } from './smtp/settings.ts';
import { MailTemplates } from './template/template.ts';
import { TestMails } from './test-mail.ts';

const Office: ServiceToken<PostOffice> = service<PostOffice>('mail.PostOffice');

/** How this host introduces itself to SMTP servers: its public name, an address in brackets (RFC 5321 §4.1.3). */
const greetingOf = ({ baseUrl }: Environment): string => {
  const { hostname } = new URL(baseUrl);
  return /^[\d.]+$/.test(hostname) ? `[${hostname}]` : hostname;
};

export default defineModule({
  name: 'mail',
  version: '0.1.0',
  host: '^1',
  sequence: ['store'],
  acl: {
    'mail::config': 'Configure how mails are sent',
    'mail::queue': 'See mails and send failed ones again',
    'mail::test': 'Send test mails',
  },
  config: [smtpSettings, senderSettings.general, senderSettings.support, queueSettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(Bell, {}, createBell),
    provide(Mails, { clock: Clock, bell: Bell }, ({ clock, bell }) => createMails(clock, bell.ring)),
    provide(MailQueue, { clock: Clock, bell: Bell }, ({ clock, bell }) => createQueue(clock, bell.ring)),
    provide(
      Office,
      {
        websites: Websites,
        smtp: smtpSettings.token,
        general: senderSettings.general.token,
        support: senderSettings.support.token,
        logger: Logger,
      },
      ({ websites, smtp, general, support, logger }) => createPostOffice(websites, smtp, { general, support }, logger),
    ),
    provide(
      TestMails,
      { postOffice: Office, storefronts: Storefronts, environment: Environment, clock: Clock },
      ({ environment, ...room }) => createTestMails({ ...room, greetAs: greetingOf(environment) }),
    ),
    provide(
      MailPreviews,
      { templates: MailTemplates, storefronts: Storefronts, websites: Websites, postOffice: Office },
      createPreviews,
    ),
    provide(
      MailJobs,
      {
        database: Database,
        templates: MailTemplates,
        storefronts: Storefronts,
        postOffice: Office,
        config: queueSettings.token,
        bell: Bell,
        environment: Environment,
        clock: Clock,
        events: Events,
        logger: Logger,
      },
      ({ bell, environment, config, ...room }) => {
        const abort = new AbortController();
        const sessions = createSessions(greetingOf(environment), abort.signal);
        const labels = new Map(room.templates.map(({ name, label }) => [name, label]));
        const mark = createMarker({ ...room, labels });
        const delivery = createDelivery({ ...room, composer: createComposer(room), mark, sessions });
        const purge = () => purgeMails(room.database, config, room.clock);
        const jobs = createJobs({ delivery, purge, abort, logger: room.logger });
        bell.answer(jobs.wake);
        return jobs;
      },
    ),
  ],
  contributes: mailOperations,
  observers: mailObservers,
  routes: mailRoutes,
  commands: [listCommand, retryCommand, testCommand, previewCommand, deliverCommand],
  hooks: [
    // Tests count statements: in theirs nothing runs by itself.
    onStart(
      'mail.start-jobs',
      { jobs: MailJobs, environment: Environment, config: queueSettings.token },
      async ({ jobs, environment, config }) => {
        if (environment.nodeEnv !== 'test' && (await config.get('background'))) jobs.start();
      },
    ),
    onStopping('mail.stop-jobs', { jobs: MailJobs }, ({ jobs }) => jobs.stop()),
  ],
});
