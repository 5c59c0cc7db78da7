import type { SimulationResult } from './play.ts';
import type { Fault } from './session.ts';

const told = ({ step, problem, request, status, found }: Fault): string =>
  `${step}: ${problem}\n    sent:   ${request}\n    found:  ${status}${found === '' ? '' : `  ${found}`}`;

/** What a simulation comes to, for people: the faults, then the figures. */
export function summaryOf(result: SimulationResult): string {
  const { profile, users, requests, verbs, median, p95, faults, left } = result;
  const counts = Object.entries(verbs).map(([verb, count]) => `${verb} ${count}`);
  return [
    ...faults.slice(0, 20).map(told),
    ...(faults.length > 20 ? [`… and ${faults.length - 20} more`] : []),
    `${profile}, ${users} ${users === 1 ? 'user' : 'users'}: ${requests} requests (${counts.join(', ')}), ${faults.length} faults`,
    `answers took ${median} ms (median), ${p95} ms (95 of 100)`,
    ...(left.length > 0 ? [`left at the service provider: ${left.join(', ')}`] : []),
  ].join('\n');
}
