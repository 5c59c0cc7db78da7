import { Badge, counted, Figures } from '../../../admin/index.ts';
import { MappingPanels } from '../../../attribute-mapping/index.ts';
import type { Connection } from '../../../connection/index.ts';
import { contribute } from '../../../framework/index.ts';
import type { ImpactedCustomer, ImpactProgress, ImpactSummary } from '../../impact/impact.ts';
import { MappingImpact } from '../../impact/impact.ts';
import { Trials } from '../../preview/trials.ts';

/** A page waits for no more customers, and no more seconds, than these. */
const mostCustomers = 500;
const mostMilliseconds = 4_000;
/** Customers that are shown with what changes. */
const examples = 5;

/** What was found as far as it was looked. */
export interface FoundImpact {
  readonly looked: number;
  readonly total: number;
  readonly changes: number;
  readonly fails: number;
  readonly deactivated: number;
  readonly targets: ReadonlyMap<string, number>;
  readonly examples: readonly ImpactedCustomer[];
}

type Events = AsyncIterable<ImpactedCustomer | ImpactProgress | ImpactSummary>;

/** Counts until all customers were looked at or `limit` is reached; the rest is not asked for. */
export async function countImpact(
  events: Events,
  limit = mostCustomers,
  now: () => number = () => performance.now(),
): Promise<FoundImpact> {
  const until = now() + mostMilliseconds;
  const targets = new Map<string, number>();
  const shown: ImpactedCustomer[] = [];
  const counts = { looked: 0, total: 0, changes: 0, fails: 0, deactivated: 0 };
  for await (const event of events) {
    if (event.kind === 'progress') {
      counts.looked = event.done;
      counts.total = event.total;
      if (event.done >= limit || now() > until) break;
    }
    if (event.kind !== 'customer') continue;
    counts[event.outcome]++;
    if (shown.length < examples) shown.push(event);
    for (const { target, after } of event.changes) {
      targets.set(target, (targets.get(target) ?? 0) + 1);
      if (target === 'is_active' && after === 0) counts.deactivated++;
    }
  }
  return { ...counts, targets, examples: shown };
}

/** How many customers a draft would change, and in what, before it is published. */
export const impactPanel = contribute(MappingPanels, { impact: MappingImpact, trials: Trials }, (parts) => ({
  subject: 'publish',
  title: 'Customers',
  acl: 'provisioning::preview',
  sortOrder: 10,
  async view(_visit, connection) {
    const mapping = await parts.trials.mapping(connection, 'draft');
    const events = parts.impact.run(connection, mapping, { countTo: mostCustomers + 1 });
    return <Impact connection={connection} found={await countImpact(events)} />;
  },
}));

const text = (value: string | number | null): string => (value === null || value === '' ? '–' : String(value));

function Impact({ connection, found }: { connection: Connection; found: FoundImpact }) {
  if (found.total === 0)
    return <p class="muted">This connection manages no customers yet; the mapping is used for those to come.</p>;
  const { looked, total, changes, fails, deactivated, targets } = found;
  return (
    <>
      <Figures
        items={[
          { label: 'would change', value: changes.toLocaleString('en') },
          { label: 'stay as they are', value: (looked - changes - fails).toLocaleString('en') },
          { label: 'would fail', value: fails.toLocaleString('en') },
          ...(deactivated > 0 ? [{ label: 'would be deactivated', value: deactivated.toLocaleString('en') }] : []),
        ]}
      />
      <p class="muted">
        {looked < total
          ? `These are the first ${looked.toLocaleString('en')} customers, and there are more.`
          : `All ${counted(looked, 'customer')} were looked at.`}{' '}
        <a href={`/admin/connections/${encodeURIComponent(connection.code)}/mapping/impact`}>
          Look at all of them, with every change as a file
        </a>
      </p>
      {targets.size > 0 && (
        <p class="impact-targets">
          {[...targets].map(([target, count]) => (
            <span key={target}>
              <code>{target}</code> in {count.toLocaleString('en')}
            </span>
          ))}
        </p>
      )}
      <ul class="impact-examples">
        {found.examples.map(({ customerId, userName, outcome, changes: own, message, cure }) => (
          <li key={customerId}>
            <b>{userName}</b> {outcome === 'fails' && <Badge tone="bad">fails</Badge>} {message}{' '}
            {cure !== undefined && <span class="muted">{cure}</span>}
            {own.length > 0 && (
              <ul>
                {own.map(({ target, before, after }) => (
                  <li key={target}>
                    <code>{target}</code> <del>{text(before)}</del> → <ins>{text(after)}</ins>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
