import { Clock, Database } from '../../framework/index.ts';
import { Authentication, LoginError } from '../access/authentication.ts';
import { SecondFactors } from '../access/second-factor.ts';
import { Sessions } from '../access/session.ts';
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
    settings: security.token,
    database: Database,
    clock: Clock,
  },
  async perform(visit, { authentication, sessions, secondFactors, settings, database, clock }) {
    const now = clock.now();
    try {
      const { id } = await authentication.login(
        visit.form.get('user')?.trim() ?? '',
        visit.form.get('password') ?? '',
        visit.address,
        now,
      );
      const stage = (await secondFactors.has(id))
        ? 'code'
        : (await settings.get('require_second_factor'))
          ? 'enrol'
          : 'full';
      if (stage === 'full') await authentication.completed(id, now);
      if (visit.signedIn) await sessions.close(database, visit.signedIn.sessionId);
      const made = { administratorId: id, kind: 'browser', stage, address: visit.address, agent: visit.agent } as const;
      const session = await sessions.open(database, made, now);
      const back = backOf(visit);
      const to = stage === 'full' ? back : (`/admin/second-factor?back=${encodeURIComponent(back)}` as const);
      return { ...redirect(to), session };
    } catch (error) {
      if (!(error instanceof LoginError)) throw error;
      return loginScreen(visit, error.message, error.code === 'LOGIN_THROTTLED' ? 429 : 422);
    }
  },
});

export const logoutAction = action('/admin/logout', {
  public: 'whoever has a session may end it; without one nothing happens',
  inject: { sessions: Sessions, database: Database },
  async perform(visit, { sessions, database }) {
    if (visit.signedIn) await sessions.close(database, visit.signedIn.sessionId);
    return { ...redirect('/admin/login?said=out'), session: 'end' };
  },
});
