import { configSection } from '../../framework/index.ts';

/** How long expressions may take. */
export const expressionSettings = configSection('attribute_mapping/expression', {
  tab: 'customers',
  label: 'Mapping expressions',
  acl: 'attribute-mapping::config',
  fields: {
    deadline: {
      type: 'number',
      label: 'Deadline',
      comment: 'Milliseconds that the expressions of one user may take together, before they are killed.',
      default: 250,
      min: 10,
      max: 10_000,
      scope: 'default',
    },
  },
});
