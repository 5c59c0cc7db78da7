import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { type Connection, Connections } from '../../../modules/connection/index.ts';
import {
  type ImpactedCustomer,
  type ImpactSummary,
  MappingImpact,
  type MappingRunEvent,
  MappingRuns,
} from '../../../modules/provisioning/index.ts';
import { Trials } from '../../../modules/provisioning/preview/trials.ts';
import type { MappedClient, MappedHost } from '../mapped/mapped-host.ts';

/** What stands in the mapping before: names, e-mail, `active` and the title. */
export const before: readonly MappingRow[] = [{ id: 'title', type: 'direct', source: 'title', target: 'job_title' }];

/** The title in capitals, and the whole name as a suffix. */
export const after: readonly MappingRow[] = [
  { id: 'title', type: 'direct', source: 'title', target: 'job_title', transforms: ['upper'] },
  { id: 'whole', type: 'template', template: '{name.givenName} {name.familyName}', target: 'suffix' },
];

export const connectionOf = (host: MappedHost, { code }: MappedClient): Promise<Connection> =>
  host.host.resolve(Connections).byCode(host.database, code);

/** Runs an impact to its end. */
export async function impactOf(
  host: MappedHost,
  scim: MappedClient,
  which: 'published' | number = 'published',
): Promise<{ summary: ImpactSummary; customers: ImpactedCustomer[]; progress: string[] }> {
  const connection = await connectionOf(host, scim);
  const mapping = await host.host.resolve(Trials).mapping(connection, which);
  const customers: ImpactedCustomer[] = [];
  const progress: string[] = [];
  for await (const event of host.host.resolve(MappingImpact).run(connection, mapping)) {
    if (event.kind === 'summary') return { summary: event, customers, progress };
    if (event.kind === 'customer') customers.push(event);
    else progress.push(`${event.done} of ${event.total}`);
  }
  throw new Error('the run ended without a summary');
}

/** Applies what is in effect, at most `most` customers of it: then the run is left as a killed one is. */
export async function applied(
  host: MappedHost,
  scim: MappedClient,
  most = Number.POSITIVE_INFINITY,
): Promise<MappingRunEvent[]> {
  const events: MappingRunEvent[] = [];
  let customers = 0;
  for await (const event of host.host.resolve(MappingRuns).apply(await connectionOf(host, scim), 'anna')) {
    events.push(event);
    if (event.kind === 'customer' && ++customers >= most) break;
  }
  return events;
}
