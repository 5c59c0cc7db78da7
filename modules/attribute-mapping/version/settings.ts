import { configSection } from '../../framework/index.ts';

/** How long published mappings are kept. */
export const versionSettings = configSection('attribute_mapping/versions', {
  tab: 'customers',
  label: 'Mapping versions',
  acl: 'attribute-mapping::config',
  fields: {
    days: {
      type: 'number',
      label: 'Keep versions for (days)',
      comment:
        'Published mappings that are older can be rolled back to no longer; the record of their publication stays as long as all records do. 0 keeps them for ever.',
      default: 730,
      min: 0,
      max: 36_500,
      scope: 'default',
    },
    least: {
      type: 'number',
      label: 'Keep at least (versions)',
      comment: 'So many of the newest of a connection stay however old they are. What is in effect always stays.',
      default: 50,
      min: 1,
      max: 10_000,
      scope: 'default',
    },
  },
});
