import { configSection } from '../config/section.ts';

/** Who may read `/metrics`. */
export const metricsSettings = configSection('system/metrics', {
  tab: 'advanced',
  label: 'Metrics',
  acl: 'framework::metrics',
  fields: {
    token: {
      type: 'secret',
      label: 'Token',
      comment:
        'Prometheus sends it as a bearer token to /metrics. Without one, only this machine reads them, and in production nobody.',
      default: '',
      scope: 'default',
    },
  },
});
