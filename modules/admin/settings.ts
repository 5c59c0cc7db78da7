import { configSection } from '../framework/index.ts';

/** Magento's paths and defaults; the last two are our own. */
export const security = configSection('admin/security', {
  tab: 'advanced',
  label: 'Security',
  acl: 'admin::config',
  fields: {
    session_lifetime: {
      type: 'number',
      label: 'Admin Session Lifetime (seconds)',
      comment: 'A session that is not used for this long ends.',
      default: 900,
      min: 60,
      max: 31_536_000,
      scope: 'default',
    },
    session_longest: {
      type: 'number',
      label: 'Longest Session (hours)',
      comment: 'A session ends after this long, used or not.',
      default: 12,
      min: 1,
      max: 168,
      scope: 'default',
    },
    lockout_failures: {
      type: 'number',
      label: 'Maximum Login Failures to Lockout Account',
      comment: '0 turns the lock-out off.',
      default: 6,
      min: 0,
      scope: 'default',
    },
    lockout_threshold: { type: 'number', label: 'Lockout Time (minutes)', default: 30, min: 0, scope: 'default' },
    require_second_factor: {
      type: 'yesno',
      label: 'Require a Second Factor',
      comment:
        'Administrators without an authenticator app have to set one up before they go on, also those who are logged in now.',
      default: false,
      scope: 'default',
    },
  },
});
