import { configSection } from '../../framework/index.ts';

/** Who seals and purges: the server beside its requests, or somebody's timetable. */
export const jobSettings = configSection('activity/jobs', {
  tab: 'customers',
  label: 'Provisioning activity: background work',
  acl: 'activity::config',
  fields: {
    background: {
      type: 'yesno',
      label: 'Seal and purge in the background',
      comment:
        'Off: run activity:seal and activity:purge by cron, say every minute and every night. Read at the start.',
      default: true,
      scope: 'default',
    },
  },
});
