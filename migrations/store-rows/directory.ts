import { countries } from './countries.ts';
import type { Rows } from './insert-missing.ts';
import { addedCountries } from './regions/added-countries.ts';
import { firstCountries } from './regions/first-countries.ts';

/** Every region, in the order of its id, from 1. */
export const regions = [...firstCountries, ...addedCountries].flat();

/** Magento asks for a region wherever it knows regions, except here. */
const REGION_OPTIONAL = ['AT', 'DE', 'FI', 'FR'];
const regionRequired = [...new Set(regions.map(({ country }) => country))]
  .filter((country) => !REGION_OPTIONAL.includes(country))
  .sort();

const setting = (path: string, value: string) => ({ scope: 'default', scope_id: 0, path, value });

export const directoryRows: readonly Rows[] = [
  {
    table: 'directory_country',
    rows: countries.map(({ iso2, iso3 }) => ({ country_id: iso2, iso2_code: iso2, iso3_code: iso3 })),
  },
  {
    table: 'directory_country_region',
    rows: regions.map(({ country, code, name }, i) => ({
      region_id: i + 1,
      country_id: country,
      code,
      default_name: name,
    })),
  },
  {
    table: 'directory_country_region_name',
    rows: regions.map(({ name }, i) => ({ locale: 'en_US', region_id: i + 1, name })),
  },
  {
    table: 'directory_currency_rate',
    rows: [
      { currency_from: 'EUR', currency_to: 'EUR', rate: 1 },
      { currency_from: 'EUR', currency_to: 'USD', rate: 1.415 },
      { currency_from: 'USD', currency_to: 'EUR', rate: 0.7067 },
      { currency_from: 'USD', currency_to: 'USD', rate: 1 },
    ],
  },
  {
    table: 'core_config_data',
    rows: [
      setting('general/region/display_all', '1'),
      setting('general/region/state_required', regionRequired.join(',')),
    ],
  },
];
