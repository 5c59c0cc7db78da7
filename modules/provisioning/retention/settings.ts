import { configSection } from '../../framework/index.ts';

/** How long what waits for people, and what was done by runs, is kept. */
export const retentionSettings = configSection('provisioning/retention', {
  tab: 'customers',
  label: 'Provisioning',
  acl: 'provisioning::config',
  fields: {
    match_requests: {
      type: 'number',
      label: 'Keep match requests for (days)',
      comment:
        'Counted from the last time that the identity provider asked. Who asks later is a new request; an approval that nobody has used ends as well. A denial stays. 0 keeps all for ever.',
      default: 180,
      min: 0,
      max: 36_500,
      scope: 'default',
    },
    holds: {
      type: 'number',
      label: 'Keep decided holds for (days)',
      comment:
        'Holds of the mass-deprovision guard with the addresses of whom they were about, counted from the decision. No sooner than after 30 days, in which they can be restored. One that waits stays. 0 keeps all for ever.',
      default: 180,
      min: 0,
      max: 36_500,
      scope: 'default',
    },
    runs: {
      type: 'number',
      label: 'Keep mapping runs for (days)',
      comment: 'The latest run of a connection stays. 0 keeps all for ever.',
      default: 180,
      min: 0,
      max: 36_500,
      scope: 'default',
    },
  },
});
