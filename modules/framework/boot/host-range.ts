import type { Problem } from './problem.ts';
import { inRange } from './version-range.ts';

/** Who says with which hosts it works. */
export interface HostRange {
  readonly module: string;
  /** What a report names: `version 2.1.0`, or the package it came as. */
  readonly what: string;
  readonly range: string | undefined;
}

/** What is wrong with a module's range of hosts on this host; undefined where nothing is. */
export function hostRangeProblem({ module, what, range }: HostRange, hostVersion: string): Problem | undefined {
  if (range === undefined) return undefined;
  const fits = inRange(hostVersion, range);
  if (fits === true) return undefined;
  const unreadable = fits === undefined;
  return {
    code: 'HOST_RANGE',
    module,
    message: unreadable
      ? `${what} names the host range "${range}", which cannot be read.`
      : `${what} is made for hosts "${range}", and this host is ${hostVersion}.`,
    cure: unreadable
      ? 'Write a range such as "^1" or ">=1.0 <2".'
      : `Install a version of it for this host, or run module:disable ${module}.`,
  };
}
