import type { Visit } from '../../admin/index.ts';
import { type Health, type HealthSources, healthOf } from './health.ts';

const known = new WeakMap<Visit, Promise<readonly Health[]>>();

/** The health of all connections, read once for a visit: several parts of the dashboard ask for it. */
export function visitHealth(visit: Visit, sources: HealthSources, now: Date): Promise<readonly Health[]> {
  const asked = known.get(visit) ?? healthOf(visit.database, sources, now);
  known.set(visit, asked);
  return asked;
}
