import { configSection } from 'vestibule/framework';

/** Stands in the administration, in `config:show` and in the environment. Ask for it: `{ settings: settings.token }`. */
export const settings = configSection('sample_room/general', {
  tab: 'customers',
  label: 'Sample room',
  acl: 'sample-room::config',
  fields: {
    enabled: { type: 'yesno', label: 'Enabled', default: true, scope: 'website' },
    answers: { type: 'map', label: 'Answers', default: {}, scope: 'website', dependsOn: 'enabled' },
  },
});
