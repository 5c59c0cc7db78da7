import { readdirSync, readFileSync } from 'node:fs';

/** CPU time that a process has used so far, in microseconds, summed over its threads (Linux: nanosecond counters). */
export function cpuOf(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // The thread ended between the listing and the reading.
    }
  }
  return nanoseconds / 1000;
}
