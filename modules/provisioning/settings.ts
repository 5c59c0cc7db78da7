import { configSection } from '../framework/index.ts';

/** Magento's own path: the country of an address that names none. */
export const countrySettings = configSection('general/country', {
  tab: 'general',
  label: 'Country Options',
  acl: 'provisioning::config',
  fields: {
    default: {
      type: 'text',
      label: 'Default Country',
      comment: 'Two letters, ISO 3166-1. Used for addresses that name no country.',
      default: 'US',
      pattern: /^[A-Z]{2}$/,
      scope: 'website',
    },
  },
});
