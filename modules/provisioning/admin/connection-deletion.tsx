import { Card, counted, DefinitionList, LinkButton, page, screen, TaskPanel } from '../../admin/index.ts';
import { HttpError } from '../../framework/index.ts';
import type { DeletedConnection } from '../departure/delete-connection.ts';
import { pageTasks, tasksOf } from './tasks.ts';

/** The deletion of a connection as a task: it waits until running servers have learnt that the connection is paused. */
export const deletionOf = (code: string) => ({ kind: 'provisioning.delete-connection', subject: code });

/** How far a deletion has come, and what it came to. The connection itself may be gone by now. */
export const connectionDeletionPage = page('/admin/deleted-connections/:code', {
  acl: 'provisioning::departure',
  inject: pageTasks,
  async view(visit, parts) {
    const code = visit.params.code ?? '';
    const task = await tasksOf(parts).latest(visit.database, deletionOf(code));
    if (!task) throw new HttpError(404, 'NOT_FOUND', 'Nobody has deleted such a connection here.');
    const done = task.state === 'done' ? (task.result as DeletedConnection) : undefined;
    return screen({
      title: done ? `The connection ${code} is deleted` : `Deleting the connection ${code}`,
      back: { href: '/admin/connections', label: 'Connections' },
      body: (
        <Card title={done ? 'What was done' : 'At work'}>
          <TaskPanel task={task} what="users">
            {done && (
              <DefinitionList
                items={[
                  ['Users released', done.users.toLocaleString('en')],
                  ['Customers deactivated', counted(done.deactivated, 'customer')],
                  ['Groups removed', done.groups.toLocaleString('en')],
                  ['Tokens removed', done.tokens.toLocaleString('en')],
                ]}
              />
            )}
          </TaskPanel>
          {task.state !== 'running' && (
            <p class="button-row">
              <LinkButton href="/admin/connections">To the Connections</LinkButton>
            </p>
          )}
        </Card>
      ),
    });
  },
});
