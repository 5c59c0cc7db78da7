import { Environment } from '../environment/environment.ts';
import { HttpError } from '../http/error.ts';
import { metricsOperation } from '../http/health-operations.ts';
import { type Route, route } from '../http/route.ts';
import { metricsAccess } from './access.ts';
import type { AnswerCounts } from './answer-counts.ts';
import { exposition, hostMetrics, processMetrics } from './exposition.ts';
import { MetricsReader } from './reader.ts';
import { metricsSettings } from './settings.ts';

/** `/metrics` of this process; `answers` are those of its server. */
export function metricsRoute(answers: () => readonly AnswerCounts[]): Route {
  return route('GET /metrics', {
    operation: metricsOperation,
    public: 'Prometheus has no account: system/metrics/token opens it, else only this machine reads it',
    inject: { reader: MetricsReader, environment: Environment, settings: metricsSettings.token },
    async handle(request, response, { reader, environment, settings }) {
      const access = metricsAccess(request, await settings.get('token'), environment.nodeEnv);
      if (access === 'unauthenticated') {
        response.set('WWW-Authenticate', 'Bearer realm="metrics"');
        throw new HttpError(401, 'UNAUTHENTICATED', 'Send the token of system/metrics/token as a bearer token.');
      }
      if (access === 'closed')
        throw new HttpError(403, 'METRICS_CLOSED', 'Set system/metrics/token, and send it as a bearer token.');
      const text = (await hostMetrics(await reader(), answers())) + (await processMetrics());
      response.set('Content-Type', exposition).set('Cache-Control', 'no-store').send(text);
    },
  });
}
