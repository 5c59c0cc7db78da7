import { configSection } from '../framework/index.ts';

/** Who is told what. What a connection's customers are sent when they are made is a policy of the connection. */
export const operatorSettings = configSection('notification/operators', {
  tab: 'advanced',
  label: 'Notifications to administrators',
  acl: 'notification::config',
  fields: {
    recipients: {
      type: 'list',
      label: 'Recipients',
      comment: 'Addresses with commas between. They are told of tokens that are about to end and of held changes.',
      default: [],
      scope: 'default',
    },
  },
});

export const customerSettings = configSection('notification/customers', {
  tab: 'customers',
  label: 'Notifications to customers',
  acl: 'notification::config',
  fields: {
    adoption: {
      type: 'yesno',
      label: 'Tell customers when an identity provider takes over their account',
      default: true,
      scope: 'website',
    },
  },
});
