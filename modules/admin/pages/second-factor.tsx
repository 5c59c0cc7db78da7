import { Clock, Database } from '../../framework/index.ts';
import { Authentication } from '../access/authentication.ts';
import { SecondFactors } from '../access/second-factor.ts';
import { type Flash, Sessions, type SignedIn } from '../access/session.ts';
import { AdministrativeActs } from '../act/act.ts';
import { failedLogin } from '../act/failed-login.ts';
import { Administrators } from '../administrator.ts';
import { action, page } from '../http/page.ts';
import { ActionButton, Button, LinkButton } from '../kit/button.tsx';
import { TextField } from '../kit/field.tsx';
import { Form, FormButtons } from '../kit/form.tsx';
import { type Answer, type Screen, screen } from '../kit/screen.ts';
import { redirect, type Visit } from '../kit/visit.ts';
import { counted } from '../kit/words.ts';
import { EnrolmentForm, RecoveryCodes } from './enrolment.tsx';
import { backOf } from './login.tsx';

const path = '/admin/second-factor';
const wrong = 'This code is not right, or it was used before. Codes change every 30 seconds: take the one shown now.';

const isAppCode = (code: string): boolean => /^\d{6}$/.test(code.replace(/\s/g, ''));

const recoveryNote = (left: number): Flash => ({
  kind: 'note',
  text: `You logged in with a recovery code; ${left === 0 ? 'none is' : counted(left, 'code is', 'codes are')} left. New ones, and another app, are under My Account.`,
});

function codeScreen(visit: Visit, error?: string): Screen {
  return screen({
    title: 'Second factor',
    layout: 'alone',
    status: error ? 422 : 200,
    body: (
      <>
        <Form action={path} class="card" autocomplete={false}>
          <div class="card-body">
            <input type="hidden" name="back" value={backOf(visit)} />
            <TextField
              name="code"
              label="Code of your authenticator app"
              help="Or one of your recovery codes."
              autocomplete="one-time-code"
              autofocus
              required
              error={error}
              code
            />
            <FormButtons>
              <Button look="primary">Go on</Button>
            </FormButtons>
          </div>
        </Form>
        <ActionButton action="/admin/logout" look="quiet">
          Log in as somebody else
        </ActionButton>
      </>
    ),
  });
}

async function enrolScreen(visit: Visit, who: SignedIn, factors: SecondFactors, error?: string): Promise<Screen> {
  return screen({
    title: 'Set up a second factor',
    lead: 'This store asks its administrators for one.',
    layout: 'alone',
    status: error ? 422 : 200,
    body: (
      <EnrolmentForm
        enrolment={await factors.enrolment(who.id, who.user)}
        action={path}
        error={error}
        back={backOf(visit)}
      />
    ),
  });
}

export const secondFactorPage = page(path, {
  public: 'the second step of the login; it shows nothing without the first',
  inject: { secondFactors: SecondFactors },
  view(visit, { secondFactors }) {
    const who = visit.signedIn;
    if (!who) return redirect('/admin/login');
    if (who.stage === 'full') return redirect(backOf(visit));
    return who.stage === 'code' ? codeScreen(visit) : enrolScreen(visit, who, secondFactors);
  },
});

export const secondFactorAction = action(path, {
  public: 'the second step of the login; it does nothing without the first',
  inject: {
    authentication: Authentication,
    secondFactors: SecondFactors,
    sessions: Sessions,
    administrators: Administrators,
    acts: AdministrativeActs,
    database: Database,
    clock: Clock,
  },
  async perform(visit, parts): Promise<Answer> {
    const { authentication, secondFactors, sessions, acts, database, clock } = parts;
    const who = visit.signedIn;
    if (!who || who.stage === 'full') return redirect('/admin');
    const now = clock.now();
    const code = visit.form.get('code') ?? '';
    const renewed = async (flash?: Flash) => {
      await authentication.completed(who.id, now);
      const done = { operation: 'admin.login', outcome: 'done', by: who.user, subject: who.user } as const;
      const notes = [`From ${visit.address}.`, 'With a second factor.'];
      return database.transaction(async (tx) => {
        await acts.inside(tx, { ...done, notes });
        return sessions.renew(tx, who, 'full', now, flash);
      });
    };
    if (who.stage === 'enrol') {
      const codes = await secondFactors.enrol(who.id, code, now);
      if (!codes) return enrolScreen(visit, who, secondFactors, wrong);
      // Sessions that began without the second factor are not to outlive its beginning.
      await sessions.closeAll(database, who.id, who.sessionId);
      await acts.told({ operation: 'admin.second-factor-on', outcome: 'done', by: who.user, subject: who.user });
      return codesScreen(codes, backOf(visit), await renewed());
    }
    if (await authentication.locked(who.id, now)) {
      await sessions.close(database, who.sessionId);
      return { ...redirect('/admin/login?said=locked'), session: 'end' };
    }
    if (await secondFactors.verify(who.id, code, now)) {
      const told = isAppCode(code) ? undefined : recoveryNote(await secondFactors.recoveryCodesLeft(who.id));
      return { ...redirect(backOf(visit)), session: await renewed(told) };
    }
    await authentication.failed(who.id, now);
    await acts.told(await failedLogin({ user: who.user, address: visit.address }, parts, now));
    return codeScreen(visit, wrong);
  },
});

const codesScreen = (codes: readonly string[], back: string, session: NonNullable<Screen['session']>): Screen =>
  screen({
    title: 'Keep your recovery codes',
    layout: 'alone',
    session,
    body: (
      <div class="card">
        <div class="card-body">
          <RecoveryCodes codes={codes} />
          <FormButtons>
            <LinkButton href={back} look="primary">
              I have kept them
            </LinkButton>
          </FormButtons>
        </div>
      </div>
    ),
  });
