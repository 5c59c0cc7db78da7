import { performance } from 'node:perf_hooks';
import { type ServiceToken, service } from '../../framework/index.ts';

/** How much this process has to do. */
export interface ProcessLoad {
  /** True when the event loop was busy for more than half of the time since this was asked last. */
  busy(): boolean;
}
export const ProcessLoad: ServiceToken<ProcessLoad> = service<ProcessLoad>('activity.ProcessLoad');

const busyAbove = 0.5;

/** Measures the event loop of this process. */
export function createProcessLoad(): ProcessLoad {
  let last = performance.eventLoopUtilization();
  return {
    busy() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, last);
      last = now;
      return utilization > busyAbove;
    },
  };
}
