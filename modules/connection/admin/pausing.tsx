import { action, confirmation, page, redirect } from '../../admin/index.ts';
import { Database } from '../../framework/index.ts';
import { Connections } from '../connection.ts';
import { ConnectionEditor } from '../connection-editor.ts';
import { actorOfVisit, askedConnection } from './asked-connection.ts';

const acl = 'connection::manage';
const inject = { database: Database, connections: Connections };

export const pausePage = page('/admin/connections/:code/pause', {
  acl,
  inject,
  async view(visit, { database, connections }) {
    const { code, name } = await askedConnection(visit, connections, database);
    return confirmation({
      title: `Pause the connection ${name}?`,
      action: `/admin/connections/${code}/pause`,
      confirm: 'Pause Connection',
      back: `/admin/connections/${code}/policies`,
      children: (
        <p>
          Every request of it is answered with 403 until you resume it. Customers stay as they are, and log in as
          before. What the identity provider changes meanwhile it sends again, if it does so of its own accord.
        </p>
      ),
    });
  },
});

const changing = (verb: 'pause' | 'resume', done: string) =>
  action(`/admin/connections/:code/${verb}`, {
    acl,
    inject: { ...inject, editor: ConnectionEditor },
    async perform(visit, { database, connections, editor }) {
      const { code } = await askedConnection(visit, connections, database);
      await editor.change(code, { active: verb === 'resume' }, actorOfVisit(visit));
      return redirect(`/admin/connections/${code}${verb === 'pause' ? '/policies' : ''}`, { done });
    },
  });

export const pauseConnection = changing('pause', 'The connection is paused. Running servers follow within 5 seconds.');
export const resumeConnection = changing('resume', 'The connection serves requests again, within 5 seconds.');
