import { configSection } from '../../framework/index.ts';

/** Which servers on the inside the host may fetch from for SAML. */
export const samlSecurity = configSection('saml/security', {
  tab: 'customers',
  label: 'SAML',
  acl: 'saml::config',
  fields: {
    allowed_hosts: {
      type: 'list',
      label: 'Allowed Internal Servers',
      comment:
        'host:port of identity providers that are not on the public internet, with commas; their metadata may also be fetched by plain http.',
      default: [],
      scope: 'default',
    },
    refresh_hours: {
      type: 'number',
      label: 'Refresh Metadata Every … Hours',
      comment: 'Metadata that came from a URL is read again; new certificates wait for an administrator. 0: never.',
      default: 24,
      min: 0,
      max: 720,
      scope: 'default',
    },
  },
});
