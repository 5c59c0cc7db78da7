import { type ServiceToken, service } from '../module/token.ts';
import type { Readings } from './gauge-readings.ts';

/** What all gauges said, five seconds ago at most. */
export type MetricsReader = () => Promise<Readings>;
export const MetricsReader: ServiceToken<MetricsReader> = service<MetricsReader>('framework.MetricsReader');
