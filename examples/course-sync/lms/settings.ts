import { type ConfigReader, configSection } from 'vestibule/framework';

/** Which LMS, and how it is reached. Token and secret are kept encrypted. */
export const lmsSettings = configSection('course_sync/lms', {
  tab: 'customers',
  label: 'Courses: LMS',
  acl: 'course-sync::config',
  fields: {
    adapter: {
      type: 'select',
      label: 'LMS',
      options: { none: 'None', moodle: 'Moodle', webhook: 'Webhook' },
      default: 'none',
      scope: 'default',
    },
    url: {
      type: 'text',
      label: 'URL',
      comment:
        'Of Moodle its front page, https://moodle.example.org; of a webhook the address that takes the messages.',
      default: '',
      scope: 'default',
    },
    token: {
      type: 'secret',
      label: 'Moodle Token',
      comment: 'Of a user of the web service. Kept encrypted.',
      default: '',
      scope: 'default',
    },
    webhook_secret: {
      type: 'secret',
      label: 'Webhook Secret',
      comment: 'whsec_ and the base64 of at least 16 bytes; messages are signed with it. Kept encrypted.',
      default: '',
      scope: 'default',
    },
    course_field: {
      type: 'select',
      label: 'Courses Are Named by',
      comment: 'What the map calls a course in Moodle.',
      options: { shortname: 'Short name', idnumber: 'ID number', id: 'Number in its address' },
      default: 'shortname',
      scope: 'default',
    },
    role: {
      type: 'number',
      label: 'Moodle Role',
      comment: 'The role in which customers are enrolled: 5 is the student.',
      default: 5,
      min: 1,
      scope: 'default',
    },
    auth: {
      type: 'text',
      label: 'Moodle Authentication',
      comment:
        'Of users that are made: manual mails them a password, saml2 or oauth2 leaves the login to single sign-on.',
      default: 'manual',
      pattern: /^[a-z0-9_]{1,20}$/,
      scope: 'default',
    },
    allowed_hosts: {
      type: 'list',
      label: 'Allowed Internal Servers',
      comment: 'host:port of an LMS that is not on the public internet; it may be reached by plain http.',
      default: [],
      scope: 'default',
    },
    timeout: {
      type: 'number',
      label: 'Seconds to Wait for an Answer',
      default: 10,
      min: 1,
      max: 15,
      scope: 'default',
    },
  },
});
export type LmsSettings = ConfigReader<(typeof lmsSettings)['fields']>;
