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
      comment:
        'Addresses with commas between. They are told of tokens and certificates that end soon, held changes, webhooks that were switched off and mails that fail: once an hour at most about each thing.',
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
    password_page: {
      type: 'select',
      label: 'Activation mails lead to',
      comment: "Automatic: the store's page where web/secure/base_url says where the store is, else this host's.",
      default: 'automatic',
      options: {
        automatic: 'Automatic',
        store: "The store's page that sets a password",
        host: "This host's page that sets a password",
      },
      scope: 'store',
    },
  },
});
