import { json } from './json-schema.ts';
import { answer, type Operation, type SecurityScheme } from './operation.ts';

const tag = 'Health and metrics';
const status = (...words: readonly string[]) => json.object({ status: json.oneOf(words) });

/** Health, in words. */
export const healthOperations = {
  live: {
    tag,
    summary: 'Is the process alive',
    answers: { 200: answer('It answers.', status('live')) },
  },
  ready: {
    tag,
    summary: 'Can it work',
    description: 'The database included.',
    answers: { 200: answer('It can.', status('ready')) },
    refusal: answer('It can not, or not yet.', status('stopping', 'database unreachable')),
  },
} as const satisfies Record<string, Operation>;

const monitoring: SecurityScheme = {
  name: 'monitoring',
  variable: 'METRICS_TOKEN',
  description: 'The token of the configuration field `system/metrics/token`; without one only this machine reads them.',
  scheme: { type: 'http', scheme: 'bearer' },
};

/** `/metrics`, in words. */
export const metricsOperation: Operation = {
  tag,
  summary: 'Read the metrics',
  answers: { 200: answer('Prometheus’ text.', json.text, 'text/plain') },
  security: [monitoring],
};
