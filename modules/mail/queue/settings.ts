import { configSection } from '../../framework/index.ts';

/** How long ended mails are kept, and who delivers. */
export const queueSettings = configSection('mail/queue', {
  tab: 'advanced',
  label: 'Mail queue',
  acl: 'mail::config',
  fields: {
    background: {
      type: 'yesno',
      label: 'Deliver in the background',
      comment: 'Off: run mail:deliver by cron, say every minute. Read at the start.',
      default: true,
      scope: 'default',
    },
    retention: {
      type: 'number',
      label: 'Keep ended mails for (days)',
      comment: 'Sent, failed, withdrawn and unsent ones; afterwards they are removed.',
      default: 90,
      min: 1,
      max: 3650,
      scope: 'default',
    },
  },
});
