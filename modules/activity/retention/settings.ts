import { configSection } from '../../framework/index.ts';

/** How long records are kept. */
export const retentionSettings = configSection('activity/retention', {
  tab: 'customers',
  label: 'Provisioning activity',
  acl: 'activity::config',
  fields: {
    days: {
      type: 'number',
      label: 'Keep records for (days)',
      comment: 'Older ones are removed in small batches, some hours after their time. 0 keeps them for ever.',
      default: 180,
      min: 0,
      max: 36_500,
      scope: 'default',
    },
  },
});
