import { type ConfigReader, configSection } from '../framework/index.ts';

/** Which servers on the inside may be told. */
export const webhookSecurity = configSection('webhook/security', {
  tab: 'customers',
  label: 'Webhooks',
  acl: 'webhook::config',
  fields: {
    allowed_hosts: {
      type: 'list',
      label: 'Allowed Internal Servers',
      comment:
        'host:port of receivers that are not on the public internet, with commas; they may also be told by plain http.',
      default: [],
      scope: 'default',
    },
    most_per_connection: {
      type: 'number',
      label: 'Most Webhooks of a Connection',
      comment: 'Also of those that belong to no connection. What there is beyond it stays.',
      default: 50,
      min: 1,
      max: 1000,
      scope: 'default',
    },
  },
});
export type WebhookSecurity = ConfigReader<(typeof webhookSecurity)['fields']>;
