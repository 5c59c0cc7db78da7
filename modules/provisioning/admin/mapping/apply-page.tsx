import {
  action,
  Badge,
  Button,
  Card,
  Figures,
  Form,
  FormButtons,
  LinkButton,
  Moment,
  page,
  redirect,
  screen,
  TaskPanel,
  type Visit,
} from '../../../admin/index.ts';
import { MappingPanels, mappingPath, UserMapping } from '../../../attribute-mapping/index.ts';
import { type Connection, Connections, orRefuse } from '../../../connection/index.ts';
import { contribute, Database, type Resolved } from '../../../framework/index.ts';
import { type MappingRun, MappingRuns } from '../../impact/mapping-run.ts';
import { mappingText } from '../../preview/mapping-text.ts';
import { pageTasks, tasksOf } from '../tasks.ts';
import { type FailedCustomer, FailedCustomers, keptFailures } from './failed-customers.tsx';

const path = '/admin/connections/:code/mapping/apply';
const inject = {
  database: Database,
  connections: Connections,
  mapping: UserMapping,
  runs: MappingRuns,
  ...pageTasks,
};
type Parts = Resolved<typeof inject>;
const acl = 'provisioning::apply';

/** Runs that are shown. */
const shownRuns = 8;

interface Applied extends Pick<MappingRun, 'version' | 'total' | 'changed' | 'same' | 'failed'> {
  readonly failures: readonly FailedCustomer[];
}

const visited = ({ params }: Visit, { connections, database }: Parts): Promise<Connection> =>
  orRefuse(() => connections.byCode(database, params.code ?? ''));
const taskOf = ({ id }: Connection) => ({ kind: 'provisioning.apply', subject: String(id) });

async function versionOf({ mapping, database }: Pick<Parts, 'mapping' | 'database'>, connection: Connection) {
  await mapping.ready(database, connection);
  return mapping.of(connection).version;
}

/** Brings every customer of the connection to the mapping in effect, with progress. */
const applyPage = page(path, {
  acl,
  inject,
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    const version = await versionOf(parts, connection);
    const task = await tasksOf(parts).latest(visit.database, taskOf(connection));
    const runs = (await parts.runs.latest(visit.database, connection)).slice(0, shownRuns);
    const running = task?.state === 'running';
    return screen({
      title: 'Bring All Customers to the Mapping',
      back: { href: mappingPath(connection), label: `Attribute Mapping of ${connection.name}` },
      lead: `Every customer that this connection manages is brought to ${mappingText('published', version)} at once, from what the provider last sent. What the store has changed stays, unless the mapping says something else of it than before.`,
      actions: <LinkButton href={mappingPath(connection, '/impact')}>Look at the Impact First</LinkButton>,
      body: (
        <div class="stack">
          <Card title={running ? 'At work' : 'All customers'}>
            <div class="stack">
              {task && (
                <TaskPanel task={task} what="customers">
                  <Outcome applied={task.result as Applied} />
                </TaskPanel>
              )}
              {!running && (
                <Form action={mappingPath(connection, '/apply')}>
                  <FormButtons>
                    <Button look="primary">Bring All Customers to It</Button>
                  </FormButtons>
                </Form>
              )}
            </div>
          </Card>
          {runs.length > 0 && <Runs runs={runs} />}
        </div>
      ),
    });
  },
});

const startApply = action(path, {
  acl,
  fresh: true,
  inject,
  async perform(visit, parts) {
    const connection = await visited(visit, parts);
    const by = visit.signedIn?.user ?? '';
    const began = await tasksOf(parts).start(taskOf(connection), by, async (progress): Promise<Applied> => {
      const failures: Applied['failures'][number][] = [];
      for await (const event of parts.runs.apply(connection, by)) {
        if (event.kind === 'progress') progress(event.done, event.total);
        else if (event.kind === 'summary') {
          const { version, total, changed, same, failed } = event;
          return { version, total, changed, same, failed, failures };
        } else if (event.outcome === 'failed' && failures.length < keptFailures) {
          const { customerId, userName, message = '', cure = '' } = event;
          failures.push({ customerId, userName, message, cure });
        }
      }
      throw new Error('The run ended without a summary.');
    });
    return redirect(mappingPath(connection, '/apply'), began ? {} : { note: 'A run is under way already.' });
  },
});

const shown = (count: number): string => count.toLocaleString('en');

function Outcome({ applied: { version, total, changed, same, failed, failures } }: { applied: Applied }) {
  return (
    <div class="stack">
      <p class="muted">
        By {mappingText('published', version)}, of {shown(total)} customers:
      </p>
      <Figures
        items={[
          { label: 'changed', value: shown(changed) },
          { label: 'were so already', value: shown(same) },
          { label: 'failed', value: shown(failed) },
        ]}
      />
      <FailedCustomers failures={failures} word="failed" />
      {failed > failures.length && (
        <p class="muted">… and {shown(failed - failures.length)} more; the report has all.</p>
      )}
    </div>
  );
}

const states = {
  running: { tone: 'info', words: 'Not finished' },
  done: { tone: 'good', words: 'Done' },
  stopped: { tone: 'warn', words: 'Stopped' },
} as const;

/** Runs of the command line and of the API are among them. */
const Runs = ({ runs }: { runs: readonly MappingRun[] }) => (
  <Card title="Latest runs">
    <div class="grid">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="grid-scroll" tabIndex={0} aria-label="Latest runs">
        <table>
          <thead>
            <tr>
              {['Begun', 'By', 'Version', 'State', 'Changed', 'Failed'].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map(({ id, startedAt, actor, version, state, changed, failed }) => (
              <tr key={id}>
                <td data-label="Begun">
                  <Moment at={startedAt} />
                </td>
                <td data-label="By">{actor}</td>
                <td data-label="Version">{version === 0 ? 'Preset' : version}</td>
                <td data-label="State">
                  <Badge tone={states[state].tone}>{states[state].words}</Badge>
                </td>
                <td data-label="Changed">{shown(changed)}</td>
                <td data-label="Failed">{shown(failed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  </Card>
);

/** On the page of the rows, once something was published; it costs the page no statement. */
export const applyPanel = contribute(MappingPanels, { database: Database, mapping: UserMapping }, (parts) => ({
  subject: 'mapping',
  title: 'Customers',
  acl,
  sortOrder: 7,
  async view(_visit, connection) {
    const version = await versionOf(parts, connection);
    if (version === 0) return undefined;
    return (
      <>
        <p>
          Customers follow {mappingText('published', version)} with the provider’s next request about them, or all of
          them at once.
        </p>
        <div class="button-row">
          <LinkButton href={mappingPath(connection, '/apply')}>Bring All Customers to It…</LinkButton>
        </div>
      </>
    );
  },
}));

export const applyPages = [applyPage, startApply];
