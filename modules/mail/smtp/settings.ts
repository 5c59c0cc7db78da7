import { configSection } from '../../framework/index.ts';

/** Magento's own paths, words and defaults (Stores > Configuration > Advanced > System), so that both send alike. */
export const smtpSettings = configSection('system/smtp', {
  tab: 'advanced',
  label: 'Mail Sending Settings',
  acl: 'mail::config',
  fields: {
    disable: { type: 'yesno', label: 'Disable Email Communications', default: false, scope: 'store' },
    transport: {
      type: 'select',
      label: 'Transport',
      comment: 'Vestibule sends by SMTP only; with Sendmail its mails are kept and not sent.',
      default: 'sendmail',
      options: { sendmail: 'Sendmail', smtp: 'SMTP' },
      scope: 'store',
    },
    host: { type: 'text', label: 'Host', default: 'localhost', scope: 'store' },
    port: { type: 'number', label: 'Port', default: 25, min: 1, max: 65_535, scope: 'store' },
    username: { type: 'text', label: 'Username', default: '', scope: 'store' },
    password: { type: 'secret', label: 'Password', default: '', scope: 'store' },
    auth: {
      type: 'select',
      label: 'Auth',
      default: 'none',
      options: { none: 'NONE', plain: 'PLAIN', login: 'LOGIN' },
      scope: 'store',
    },
    ssl: {
      type: 'select',
      label: 'SSL',
      comment: 'SSL: encrypted from the start, usually port 465. TLS: STARTTLS, required, usually port 587.',
      default: 'none',
      options: { none: 'None', ssl: 'SSL', tls: 'TLS' },
      scope: 'store',
    },
    set_return_path: {
      type: 'select',
      label: 'Set Return-Path',
      default: '0',
      options: { '0': 'No', '1': 'Yes', '2': 'Specified' },
      scope: 'store',
    },
    return_path_email: { type: 'text', label: 'Return-Path Email', default: '', scope: 'store' },
  },
});
