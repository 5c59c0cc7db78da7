import { Clock, Database, HttpError } from '../../framework/index.ts';
import { Sessions } from '../access/session.ts';
import { AdministrativeActs } from '../act/act.ts';
import { action, page } from '../http/page.ts';
import { Card } from '../kit/card.tsx';
import { screen } from '../kit/screen.ts';
import { redirect } from '../kit/visit.ts';
import { counted } from '../kit/words.ts';
import { ownAccount } from '../role/permissions.ts';
import { whoIs } from './account.tsx';
import { SessionList } from './session-list.tsx';
import { byOf } from './user.tsx';
import { UsersTabs } from './users-tabs.tsx';

const services = { sessions: Sessions, database: Database, clock: Clock, acts: AdministrativeActs };

export const sessionsPage = page('/admin/sessions', {
  acl: 'admin::users',
  menu: { label: 'Users & Roles', sortOrder: 72, icon: 'key' },
  inject: services,
  async view(visit, { sessions, database, clock }) {
    const open = await sessions.list(database, clock.now());
    return screen({
      title: 'Users & Roles',
      body: (
        <>
          <UsersTabs visit={visit} current="sessions" />
          <Card title="Open sessions">
            <SessionList sessions={open} current={visit.signedIn?.sessionId} users />
          </Card>
        </>
      ),
    });
  },
});

/** Ends one session: one's own, or anybody's for those who manage users. */
export const endSession = action('/admin/account/sessions/end', {
  acl: ownAccount,
  inject: services,
  async perform(visit, { sessions, database, clock, acts }) {
    const own = visit.signedIn?.id;
    const id = Number(visit.form.get('session')) || 0;
    const mine = visit.may('admin::users') ? undefined : own;
    const found = (await sessions.list(database, clock.now(), mine)).find((session) => session.id === id);
    if (!found) throw new HttpError(404, 'NOT_FOUND', 'There is no such session any more.');
    await sessions.close(database, id);
    const told = { outcome: 'done', by: byOf(visit), subject: found.user } as const;
    await acts.told({ operation: 'admin.session-end', ...told, notes: [`A session from ${found.address ?? '–'}.`] });
    const to = found.administratorId === own ? '/admin/account' : (`/admin/users/${found.administratorId}` as const);
    return redirect(to, { done: 'The session has ended.' });
  },
});

/** Ends all of one's own sessions but the one at hand. */
export const endOtherSessions = action('/admin/account/sessions/end-others', {
  acl: ownAccount,
  inject: services,
  async perform(visit, { sessions, database, acts }) {
    const who = whoIs(visit);
    const ended = await sessions.closeAll(database, who.id, who.sessionId);
    const notes = [`${counted(ended, 'session')} ended.`];
    await acts.told({ operation: 'admin.session-end', outcome: 'done', by: who.user, subject: who.user, notes });
    return redirect('/admin/account', { done: 'Your other sessions have ended.' });
  },
});
