import { Activities } from '../../activity/index.ts';
import {
  action,
  Button,
  Card,
  CheckField,
  Form,
  FormButtons,
  page,
  redirect,
  screen,
  TaskPanel,
  Tasks,
  type Visit,
} from '../../admin/index.ts';
import { type Connection, Connections, orRefuse } from '../../connection/index.ts';
import { Clock, Database, type Resolved, whenProvided } from '../../framework/index.ts';
import { requirementCount, Selftests } from '../selftest/selftests.ts';
import type { SuiteResult } from '../suite/run.ts';
import { type KeptResult, keptOf, Verdicts } from './verdicts.tsx';

const path = '/admin/connections/:code/selftest';
const inject = {
  database: Database,
  connections: Connections,
  // The pages are declared where the administration is switched off, too.
  tasks: whenProvided(Tasks),
  selftests: Selftests,
  activities: Activities,
  clock: Clock,
};
type Parts = Resolved<typeof inject>;
const access = { acl: 'conformance::selftest', inject } as const;

const visited = ({ params, database }: Visit, { connections }: Parts): Promise<Connection> =>
  orRefuse(() => connections.byCode(database, params.code ?? ''));
const taskOf = ({ id }: Connection) => ({ kind: 'conformance.selftest', subject: String(id) });

/** The tab "Self-test": what the RFCs ask, tried on this installation, with the ids of the requirements. */
const selftestPage = page(path, {
  ...access,
  tab: { of: 'connection', label: 'Self-test', sortOrder: 90 },
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    const task = await parts.tasks?.latest(visit.database, taskOf(connection));
    const running = task?.state === 'running';
    return screen({
      title: 'Self-test',
      body: (
        <div class="stack">
          {!running && (
            <Card title="Try what the RFCs ask">
              <p>
                {requirementCount} requirements of RFC 7643, 7644 and 9865 are tried over HTTP on a loopback port of
                this server. The test makes users and groups under random names and deletes them at its end.
              </p>
              <Form action={`/admin/connections/${encodeURIComponent(connection.code)}/selftest`}>
                <CheckField
                  name="own"
                  label={`Speak for ${connection.name}`}
                  help="Its policies and its mapping count then, and the users that were made stay behind as deactivated customers, as any identity provider's do. Without this, a temporary connection is used and nothing stays but the record."
                />
                <CheckField
                  name="confirmed"
                  label="I know that users are made and deleted in this store"
                  required
                  error={visit.query.has('unconfirmed') ? 'Confirm it, and the test begins.' : undefined}
                />
                <FormButtons>
                  <Button look="primary">Run the Self-test</Button>
                </FormButtons>
              </Form>
            </Card>
          )}
          {task && (
            <Card title={running ? 'At work' : 'The last run'}>
              <TaskPanel task={task} what="requirements">
                <Verdicts result={task.result as KeptResult} />
              </TaskPanel>
            </Card>
          )}
        </div>
      ),
    });
  },
});

const startSelftest = action(path, {
  ...access,
  async perform(visit, parts) {
    const connection = await visited(visit, parts);
    const href = `/admin/connections/${encodeURIComponent(connection.code)}/selftest` as const;
    if (!visit.form.has('confirmed')) return redirect(`${href}?unconfirmed=1`);
    const own = visit.form.has('own');
    const by = visit.signedIn?.user ?? '';
    const began = await parts.tasks?.start(taskOf(connection), by, async (progress) => {
      const told = (done: number): void => progress(done, requirementCount);
      const result: SuiteResult = await parts.selftests.run(own ? connection.code : undefined, told);
      return keptOf(result);
    });
    if (!began) return redirect(href, { note: 'A self-test is under way already.' });
    parts.activities.note({
      at: parts.clock.now(),
      operation: 'connection.selftest',
      outcome: 'done',
      status: 202,
      connectionId: connection.id,
      actor: by,
      notes: [own ? 'For this connection itself.' : 'For a temporary connection.'],
    });
    return redirect(href);
  },
});

export const selftestPages = [selftestPage, startSelftest];
