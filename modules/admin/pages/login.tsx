import { Clock, Database } from '../../framework/index.ts';
import { Authentication, LoginError } from '../access/authentication.ts';
import { SecondFactors } from '../access/second-factor.ts';
import { Sessions } from '../access/session.ts';
import { AdministrativeActs } from '../act/act.ts';
import { failedLogin } from '../act/failed-login.ts';
import { Administrators } from '../administrator.ts';
import { action, page } from '../http/page.ts';
import { Button } from '../kit/button.tsx';
import { TextField } from '../kit/field.tsx';
import { Form, FormButtons } from '../kit/form.tsx';
import { Notice } from '../kit/notice.tsx';
import { type Screen, screen } from '../kit/screen.ts';
import { redirect, type Visit } from '../kit/visit.ts';
import { security } from '../settings.ts';

/** Where a login leads: to the page that was asked for, which is always one of the administration. */
export function backOf(visit: Visit): `/${string}` {
  const back = visit.form.get('back') ?? visit.query.get('back') ?? '';
  return /^\/admin(?:[/?#][^\\\s]*)?$/.test(back) && !/^\/admin\/(login|logout|second-factor)/.test(back)
    ? (back as `/${string}`)
    : '/admin';
}

const said: Readonly<Record<string, string>> = {
  out: 'You are logged out.',
  locked: 'Too many wrong codes. The account is locked for a while.',
};

function loginScreen(visit: Visit, problem?: string, status = 200): Screen {
  const note = said[visit.query.get('said') ?? ''];
  return screen({
    title: 'Log in',
    layout: 'alone',
    status,
    body: (
      <Form action="/admin/login" class="card">
        <div class="card-body">
          {problem && <Notice kind="problem">{problem}</Notice>}
          {note && !problem && <Notice kind="note">{note}</Notice>}
          <input type="hidden" name="back" value={backOf(visit)} />
          <TextField
            name="user"
            label="User Name"
            value={visit.form.get('user') ?? ''}
            autocomplete="username"
            autofocus={!visit.form.get('user')}
            required
          />
          <TextField
            name="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            autofocus={Boolean(visit.form.get('user'))}
            required
          />
          <FormButtons>
            <Button look="primary">Log in</Button>
          </FormButtons>
          <p class="field-help">
            Forgotten? Another administrator can set a new password, or <code>npm run -s cli -- admin:user:create</code>{' '}
            makes another account.
          </p>
        </div>
      </Form>
    ),
  });
}

export const loginPage = page('/admin/login', {
  public: 'people log in here',
  view: (visit) => (visit.signedIn?.stage === 'full' ? redirect(backOf(visit)) : loginScreen(visit)),
});

export const loginAction = action('/admin/login', {
  public: 'people log in here',
  inject: {
    authentication: Authentication,
    sessions: Sessions,
    secondFactors: SecondFactors,
    administrators: Administrators,
    acts: AdministrativeActs,
    settings: security.token,
    database: Database,
    clock: Clock,
  },
  async perform(visit, { authentication, sessions, secondFactors, settings, database, clock, ...parts }) {
    const now = clock.now();
    const user = visit.form.get('user')?.trim() ?? '';
    try {
      const { id } = await authentication.login(user, visit.form.get('password') ?? '', visit.address, now);
      const stage = (await secondFactors.has(id))
        ? 'code'
        : (await settings.get('require_second_factor'))
          ? 'enrol'
          : 'full';
      if (stage === 'full') await authentication.completed(id, now);
      if (visit.signedIn) await sessions.close(database, visit.signedIn.sessionId);
      const made = { administratorId: id, kind: 'browser', stage, address: visit.address, agent: visit.agent } as const;
      const session = await sessions.open(database, made, now);
      if (stage === 'full')
        await parts.acts.told({
          operation: 'admin.login',
          outcome: 'done',
          by: user,
          subject: user,
          notes: [`From ${visit.address}.`],
        });
      const back = backOf(visit);
      const to = stage === 'full' ? back : (`/admin/second-factor?back=${encodeURIComponent(back)}` as const);
      return { ...redirect(to), session };
    } catch (error) {
      if (!(error instanceof LoginError)) throw error;
      const failed = { user, address: visit.address };
      if (error.code !== 'LOGIN_THROTTLED')
        await parts.acts.told(await failedLogin(failed, { ...parts, authentication, database }, now));
      return loginScreen(visit, error.message, error.code === 'LOGIN_THROTTLED' ? 429 : 422);
    }
  },
});

export const logoutAction = action('/admin/logout', {
  public: 'whoever has a session may end it; without one nothing happens',
  inject: { sessions: Sessions, database: Database, acts: AdministrativeActs },
  async perform(visit, { sessions, database, acts }) {
    const who = visit.signedIn;
    if (who) {
      await sessions.close(database, who.sessionId);
      await acts.told({ operation: 'admin.logout', outcome: 'done', by: who.user, subject: who.user });
    }
    return { ...redirect('/admin/login?said=out'), session: 'end' };
  },
});
