import { type ConfigReader, configSection } from 'vestibule/framework';

/** The queue in the background of a server. */
export const queueSettings = configSection('course_sync/queue', {
  tab: 'customers',
  label: 'Courses: Queue',
  acl: 'course-sync::config',
  fields: {
    background: {
      type: 'yesno',
      label: 'Work in the Background',
      comment:
        'Read when a server starts. Off: this server tells the LMS nothing; another one on the same database may.',
      default: true,
      scope: 'default',
    },
    at_once: {
      type: 'number',
      label: 'Customers at Once',
      comment: 'Calls to the LMS that are under way at the same time, for each server.',
      default: 4,
      min: 1,
      max: 50,
      scope: 'default',
    },
    retention: {
      type: 'number',
      label: 'Days to Keep the Log',
      comment: '0 keeps it for ever.',
      default: 90,
      min: 0,
      scope: 'default',
    },
  },
});
export type QueueSettings = ConfigReader<(typeof queueSettings)['fields']>;
