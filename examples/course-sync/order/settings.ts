import { type ConfigReader, configSection } from 'vestibule/framework';

/** Where orders come from. */
export const orderSettings = configSection('course_sync/orders', {
  tab: 'customers',
  label: 'Courses: Orders',
  acl: 'course-sync::config',
  fields: {
    secret: {
      type: 'secret',
      label: 'Secret of Order Events',
      comment:
        'whsec_ and the base64 of at least 16 bytes. Whoever sends orders to /course-sync/orders signs with it; without it none are taken. Kept encrypted.',
      default: '',
      scope: 'default',
    },
    walk: {
      type: 'yesno',
      label: "Read the Store's Orders",
      comment:
        'Where sales_order is in the same database: from the moment this is switched on. course:orders goes back.',
      default: false,
      scope: 'default',
    },
  },
});
export type OrderSettings = ConfigReader<(typeof orderSettings)['fields']>;
