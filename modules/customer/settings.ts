import { configSection } from '../framework/index.ts';

/** Magento's own paths and defaults. A value set in the store's administration is read here as it is there. */
export const accountShare = configSection('customer/account_share', {
  tab: 'customers',
  label: 'Account Sharing Options',
  acl: 'customer::config',
  fields: {
    scope: {
      type: 'select',
      label: 'Share Customer Accounts',
      comment: 'With Global, an e-mail address is unique over all websites.',
      default: '1',
      options: { '0': 'Global', '1': 'Per Website' },
      scope: 'default',
    },
  },
});

export const createAccount = configSection('customer/create_account', {
  tab: 'customers',
  label: 'Create New Account Options',
  acl: 'customer::config',
  fields: {
    default_group: { type: 'number', label: 'Default Group', default: 1, min: 1, scope: 'store' },
    auto_group_assign: {
      type: 'yesno',
      label: 'Enable Automatic Assignment to Customer Group',
      default: false,
      scope: 'store',
    },
    viv_disable_auto_group_assign_default: {
      type: 'yesno',
      label: 'Default Value for Disable Automatic Group Changes Based on VAT ID',
      default: false,
      scope: 'default',
    },
    confirm: { type: 'yesno', label: 'Require Emails Confirmation', default: false, scope: 'website' },
    email_domain: { type: 'text', label: 'Default Email Domain', default: 'example.com', scope: 'store' },
    generate_human_friendly_id: {
      type: 'yesno',
      label: 'Generate Human-Friendly Customer ID',
      default: false,
      scope: 'default',
    },
  },
});

export const passwordSettings = configSection('customer/password', {
  tab: 'customers',
  label: 'Password Options',
  acl: 'customer::config',
  fields: {
    reset_link_expiration_period: {
      type: 'number',
      label: 'Recovery Link Expiration Period (hours)',
      default: 2,
      min: 1,
      scope: 'default',
    },
    required_character_classes_number: {
      type: 'number',
      label: 'Number of Required Character Classes',
      comment: 'Of lower case, upper case, digits and others.',
      default: 3,
      min: 1,
      max: 4,
      scope: 'default',
    },
    minimum_password_length: { type: 'number', label: 'Minimum Password Length', default: 8, min: 1, scope: 'default' },
    lockout_failures: {
      type: 'number',
      label: 'Maximum Login Failures to Lockout Account',
      comment: '0 turns the lock-out off.',
      default: 10,
      min: 0,
      scope: 'default',
    },
    lockout_threshold: { type: 'number', label: 'Lockout Time (minutes)', default: 10, min: 0, scope: 'default' },
  },
});

const shown = { '': 'No', opt: 'Optional', req: 'Required' } as const;

export const addressSettings = configSection('customer/address', {
  tab: 'customers',
  label: 'Name and Address Options',
  acl: 'customer::config',
  fields: {
    street_lines: {
      type: 'number',
      label: 'Number of Lines in a Street Address',
      default: 2,
      min: 1,
      max: 4,
      scope: 'website',
    },
    prefix_show: { type: 'select', label: 'Show Prefix', default: '', options: shown, scope: 'website' },
    middlename_show: { type: 'yesno', label: 'Show Middle Name', default: false, scope: 'website' },
    suffix_show: { type: 'select', label: 'Show Suffix', default: '', options: shown, scope: 'website' },
    dob_show: { type: 'select', label: 'Show Date of Birth', default: '', options: shown, scope: 'website' },
    taxvat_show: { type: 'select', label: 'Show Tax/VAT Number', default: '', options: shown, scope: 'website' },
    gender_show: { type: 'select', label: 'Show Gender', default: '', options: shown, scope: 'website' },
    telephone_show: { type: 'select', label: 'Show Telephone', default: 'req', options: shown, scope: 'website' },
    company_show: { type: 'select', label: 'Show Company', default: 'opt', options: shown, scope: 'website' },
    fax_show: { type: 'select', label: 'Show Fax', default: '', options: shown, scope: 'website' },
  },
});

export const subscription = configSection('newsletter/subscription', {
  tab: 'customers',
  label: 'Newsletter Subscription Options',
  acl: 'customer::config',
  fields: {
    confirm: { type: 'yesno', label: 'Need to Confirm', default: false, scope: 'store' },
  },
});
