import { type ConfigReader, configSection } from '../../framework/index.ts';

/** Seconds that the longest attempt may take; claims are made for longer than that. */
export const longestTimeout = 30;

/** How events are delivered. */
export const deliverySettings = configSection('webhook/delivery', {
  tab: 'customers',
  label: 'Webhooks: delivery',
  acl: 'webhook::config',
  fields: {
    background: {
      type: 'yesno',
      label: 'Deliver in the Background',
      comment: 'Off: this server only keeps what is to be delivered; another one delivers it.',
      default: true,
      scope: 'default',
    },
    timeout: {
      type: 'number',
      label: 'Seconds Until a Receiver Has to Answer',
      default: 15,
      min: 1,
      max: longestTimeout,
      scope: 'default',
    },
  },
});
export type DeliverySettings = ConfigReader<(typeof deliverySettings)['fields']>;

/** How long it can be seen what was delivered. */
export const deliveryLog = configSection('webhook/log', {
  tab: 'customers',
  label: 'Webhooks: log of deliveries',
  acl: 'webhook::config',
  fields: {
    retention: {
      type: 'number',
      label: 'Days to Keep Ended Deliveries',
      comment: 'Delivered ones and failed ones; they can be sent once more until then. 0: for ever.',
      default: 30,
      min: 0,
      max: 3650,
      scope: 'default',
    },
  },
});
export type DeliveryLogSettings = ConfigReader<(typeof deliveryLog)['fields']>;
