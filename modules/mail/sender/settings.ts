import { type ConfigSection, configSection } from '../../framework/index.ts';

type Identity = {
  name: { type: 'text'; label: string; default: string; scope: 'store' };
  email: { type: 'text'; label: string; default: string; scope: 'store' };
};

/** One of Magento's Store Email Addresses: who mails come from. */
const identity = (code: string, label: string, name: string, email: string): ConfigSection<Identity> =>
  configSection(`trans_email/ident_${code}`, {
    tab: 'general',
    label,
    acl: 'mail::config',
    fields: {
      name: { type: 'text', label: 'Sender Name', default: name, scope: 'store' },
      email: { type: 'text', label: 'Sender Email', default: email, scope: 'store' },
    },
  });

/** Magento's own paths and defaults. */
export const senderSettings = {
  general: identity('general', 'General Contact', 'Owner', 'owner@example.com'),
  support: identity('support', 'Customer Support', 'CustomerSupport', 'support@example.com'),
};

/** Which of them a template is sent by. */
export type SenderIdentity = keyof typeof senderSettings;
