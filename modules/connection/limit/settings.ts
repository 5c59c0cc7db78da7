import { configSection } from '../../framework/index.ts';

/** How fast identity providers may ask, for connections that say nothing else, and how often strangers may guess. */
export const limitSettings = configSection('connection/limits', {
  tab: 'customers',
  label: 'Limits of Connections',
  acl: 'connection::config',
  fields: {
    requests_per_second: {
      type: 'number',
      label: 'Requests per Second',
      comment: 'Of one connection in the long run, by all server processes together; 0 sets no limit.',
      default: 1_000,
      min: 0,
      max: 1_000_000,
      scope: 'default',
    },
    burst_seconds: {
      type: 'number',
      label: 'Burst',
      comment: 'How many seconds’ worth of requests may come at once after a rest.',
      default: 60,
      min: 1,
      max: 3_600,
      scope: 'default',
    },
    bad_tokens_per_minute: {
      type: 'number',
      label: 'Wrong Bearer Tokens per Minute',
      comment:
        'From one address, in each server process; more are answered 429. A good token is served all the same. 0 sets no limit.',
      default: 60,
      min: 0,
      max: 1_000_000,
      scope: 'default',
    },
  },
});

/** What stands between the clients and this server. */
export const networkSettings = configSection('connection/network', {
  tab: 'customers',
  label: 'Network',
  acl: 'connection::config',
  fields: {
    trusted_proxies: {
      type: 'list',
      label: 'Trusted Proxies',
      comment: 'Addresses and networks whose X-Forwarded-For is believed, such as 10.0.0.0/8. Empty: nobody’s.',
      default: [],
      scope: 'default',
    },
  },
});
