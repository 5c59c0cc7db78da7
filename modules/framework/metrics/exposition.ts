import { HOST_VERSION } from '../host/version.ts';
import type { AnswerCounts } from './answer-counts.ts';
import type { Readings } from './gauge-readings.ts';

/** The Prometheus text format 0.0.4. */
export const exposition = 'text/plain; version=0.0.4; charset=utf-8';

type Labels = Readonly<Record<string, string>>;

/** What the host counts, as Prometheus reads it. */
export async function hostMetrics({ readings, failed }: Readings, answers: readonly AnswerCounts[]): Promise<string> {
  const { Counter, Gauge, Registry } = await import('prom-client');
  const registers = [new Registry()] as const;
  const gauge = (name: string, help: string, labels: readonly string[] = []) =>
    new Gauge({ name, help, labelNames: [...labels], registers: [...registers] });

  gauge('vestibule_info', 'The version that runs', ['version']).set({ version: HOST_VERSION }, 1);
  const requests = new Counter({
    name: 'vestibule_http_answers_total',
    help: 'Answers by the first segment of the path and the hundreds of the status',
    labelNames: ['area', 'status'],
    registers: [...registers],
  });
  for (const { area, status, count } of answers) requests.inc({ area, status }, count);
  for (const {
    gauge: { name, help, label },
    values,
  } of readings) {
    const made = gauge(name, help, label === undefined ? [] : [label]);
    for (const [value, number] of Object.entries(values)) {
      const labels: Labels = label === undefined ? {} : { [label]: value };
      made.set(labels, number);
    }
  }
  gauge('vestibule_gauges_failed', 'Gauges that could not be read for this answer').set(failed.length);
  return registers[0].metrics();
}

let ofProcess: Promise<{ metrics(): Promise<string> }> | undefined;

/** Memory, CPU, event loop and garbage collection, measured from the first time that somebody asks: one that nobody scrapes pays nothing. */
export async function processMetrics(): Promise<string> {
  ofProcess ??= import('prom-client').then(({ collectDefaultMetrics, Registry }) => {
    const register = new Registry();
    collectDefaultMetrics({ register });
    return register;
  });
  return (await ofProcess).metrics();
}
