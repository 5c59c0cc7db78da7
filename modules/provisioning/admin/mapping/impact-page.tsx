import {
  action,
  Button,
  Card,
  download,
  Figures,
  Form,
  FormButtons,
  LinkButton,
  page,
  redirect,
  screen,
  TaskPanel,
  type Visit,
} from '../../../admin/index.ts';
import { MappingError } from '../../../attribute-mapping/index.ts';
import { type Connection, Connections, orRefuse } from '../../../connection/index.ts';
import { Database, type Resolved } from '../../../framework/index.ts';
import { impactCsv, impactCsvHead } from '../../impact/csv.ts';
import { type ImpactSummary, MappingImpact } from '../../impact/impact.ts';
import { Trials } from '../../preview/trials.ts';
import { pageTasks, tasksOf } from '../tasks.ts';
import { type FailedCustomer, FailedCustomers, keptFailures } from './failed-customers.tsx';

const path = '/admin/connections/:code/mapping/impact';
const inject = {
  database: Database,
  connections: Connections,
  impact: MappingImpact,
  trials: Trials,
  ...pageTasks,
};
type Parts = Resolved<typeof inject>;
const access = { acl: 'provisioning::preview', inject } as const;

interface Counted extends Omit<ImpactSummary, 'kind'> {
  readonly which: 'draft' | 'published';
  readonly failures: readonly FailedCustomer[];
}

const visited = ({ params }: Visit, { connections, database }: Parts): Promise<Connection> =>
  orRefuse(() => connections.byCode(database, params.code ?? ''));
const hrefOf = ({ code }: Connection, below = ''): `/${string}` =>
  `/admin/connections/${encodeURIComponent(code)}/mapping${below}`;
const taskOf = ({ id }: Connection) => ({ kind: 'provisioning.impact', subject: String(id) });

/** The draft, or what is in effect where there is none. */
async function tried({ trials }: Parts, connection: Connection) {
  try {
    return { which: 'draft', mapping: await trials.mapping(connection, 'draft') } as const;
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return { which: 'published', mapping: undefined } as const;
  }
}

/** Looks at every customer of the connection: what the draft would change, with progress, and all of it as a file. */
const impactPage = page(path, {
  ...access,
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    const task = await tasksOf(parts).latest(visit.database, taskOf(connection));
    const running = task?.state === 'running';
    return screen({
      title: 'Impact on All Customers',
      back: { href: hrefOf(connection, '/publish'), label: `Publish the mapping of ${connection.name}` },
      lead: 'What the draft would change in the customers that this connection manages. Nothing is written.',
      actions: <LinkButton href={hrefOf(connection, '/impact/csv')}>Every Change as CSV</LinkButton>,
      body: (
        <div class="stack">
          <Card title={running ? 'At work' : task ? 'The last run' : 'No run yet'}>
            {task && (
              <TaskPanel task={task} what="customers">
                <Counts counted={task.result as Counted} />
              </TaskPanel>
            )}
            {!running && (
              <Form action={hrefOf(connection, '/impact')}>
                <FormButtons>
                  <Button look="primary">Look at All Customers</Button>
                </FormButtons>
              </Form>
            )}
          </Card>
        </div>
      ),
    });
  },
});

const startImpact = action(path, {
  ...access,
  async perform(visit, parts) {
    const connection = await visited(visit, parts);
    const { which, mapping } = await tried(parts, connection);
    const began = await tasksOf(parts).start(taskOf(connection), visit.signedIn?.user ?? '', async (progress) => {
      const failures: Counted['failures'][number][] = [];
      for await (const event of parts.impact.run(connection, mapping)) {
        if (event.kind === 'progress') progress(event.done, event.total);
        else if (event.kind === 'summary') {
          const { kind: _, ...counts } = event;
          return { ...counts, which, failures };
        } else if (event.outcome === 'fails' && failures.length < keptFailures) {
          const { customerId, userName, message = '', cure = '' } = event;
          failures.push({ customerId, userName, message, cure });
        }
      }
      throw new Error('The run ended without a summary.');
    });
    return redirect(hrefOf(connection, '/impact'), began ? {} : { note: 'A run is under way already.' });
  },
});

async function* csv(parts: Parts, connection: Connection): AsyncGenerator<string> {
  const { mapping } = await tried(parts, connection);
  yield impactCsvHead;
  for await (const event of parts.impact.run(connection, mapping))
    if (event.kind === 'customer') yield impactCsv(event);
}

/** All changes, computed while they are sent. */
const impactFile = page(`${path}/csv`, {
  ...access,
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    return download(`impact-${connection.code}.csv`, 'text/csv; charset=utf-8', csv(parts, connection));
  },
});

const shown = (count: number): string => count.toLocaleString('en');

function Counts({ counted }: { counted: Counted }) {
  const { which, total, changes, same, fails, deactivated, activated, targets, failures } = counted;
  const named = Object.entries(targets).sort(([, a], [, b]) => b - a);
  return (
    <div class="stack">
      <p class="muted">
        By {which === 'draft' ? 'the draft' : 'the mapping in effect'}, of {shown(total)} customers:
      </p>
      <Figures
        items={[
          { label: 'would change', value: shown(changes) },
          { label: 'stay as they are', value: shown(same) },
          { label: 'would fail', value: shown(fails) },
          ...(deactivated > 0 ? [{ label: 'would be deactivated', value: shown(deactivated) }] : []),
          ...(activated > 0 ? [{ label: 'would be activated', value: shown(activated) }] : []),
        ]}
      />
      {named.length > 0 && (
        <p class="impact-targets">
          {named.map(([target, count]) => (
            <span key={target}>
              <code>{target}</code> in {shown(count)}
            </span>
          ))}
        </p>
      )}
      <FailedCustomers failures={failures} word="fails" />
    </div>
  );
}

export const impactPages = [impactPage, startImpact, impactFile];
