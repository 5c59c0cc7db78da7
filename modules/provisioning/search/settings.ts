import { configSection } from '../../framework/index.ts';

/** How far a search goes. */
export const searchSettings = configSection('scim/search', {
  tab: 'general',
  label: 'Searching users and groups',
  acl: 'provisioning::config',
  fields: {
    budget: {
      type: 'number',
      label: 'Rows per search',
      comment:
        'A filter or sort that no index answers looks through at most so many users before it is refused (tooMany).',
      default: 200_000,
      min: 1_000,
      max: 100_000_000,
      scope: 'default',
    },
  },
});
