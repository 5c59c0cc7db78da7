import { configSection } from '../framework/index.ts';

/** When store and documents are compared without anybody asking. */
export const scheduleSettings = configSection('reconciliation/schedule', {
  tab: 'customers',
  label: 'Reconciliation',
  acl: 'reconciliation::config',
  fields: {
    hours: {
      type: 'number',
      label: 'Compare store and documents every (hours)',
      comment:
        'Nothing is changed by it: findings stand under Reports → Reconciliation. 0: only when somebody asks. A run reads every customer that a connection manages, in small steps.',
      default: 24,
      min: 0,
      max: 8_760,
      scope: 'default',
    },
  },
});
