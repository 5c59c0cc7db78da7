import { Clock, Database } from '../../framework/index.ts';
import { SecondFactors } from '../access/second-factor.ts';
import { Sessions } from '../access/session.ts';
import { AdministrativeActs } from '../act/act.ts';
import { action, page } from '../http/page.ts';
import { LinkButton } from '../kit/button.tsx';
import { FormButtons } from '../kit/form.tsx';
import { type Screen, screen } from '../kit/screen.ts';
import { redirect, type Visit } from '../kit/visit.ts';
import { ownAccount as acl } from '../role/permissions.ts';
import { security } from '../settings.ts';
import { whoIs } from './account.tsx';
import { EnrolmentForm, RecoveryCodes } from './enrolment.tsx';

const path = '/admin/account/second-factor';
const services = {
  secondFactors: SecondFactors,
  sessions: Sessions,
  database: Database,
  clock: Clock,
  acts: AdministrativeActs,
};

const toldBy = (user: string, what: 'on' | 'off' | 'codes') =>
  ({ operation: `admin.second-factor-${what}`, outcome: 'done', by: user, subject: user }) as const;
const back = { href: '/admin/account', label: 'My Account' };

async function enrolScreen(visit: Visit, factors: SecondFactors, error?: string): Promise<Screen> {
  const { id, user } = whoIs(visit);
  return screen({
    title: 'Set up a second factor',
    back,
    status: error ? 422 : 200,
    body: <EnrolmentForm enrolment={await factors.enrolment(id, user)} action={path} error={error} />,
  });
}

const codesScreen = (codes: readonly string[]): Screen =>
  screen({
    title: 'Keep your recovery codes',
    back,
    body: (
      <div class="card narrow">
        <div class="card-body">
          <RecoveryCodes codes={codes} />
          <FormButtons>
            <LinkButton href="/admin/account" look="primary">
              I have kept them
            </LinkButton>
          </FormButtons>
        </div>
      </div>
    ),
  });

export const factorPage = page(path, {
  acl,
  inject: services,
  view: async (visit, { secondFactors }) =>
    (await secondFactors.has(whoIs(visit).id)) ? redirect('/admin/account') : enrolScreen(visit, secondFactors),
});

export const turnOn = action(path, {
  acl,
  fresh: true,
  inject: services,
  async perform(visit, { secondFactors, sessions, database, clock, acts }) {
    const who = whoIs(visit);
    if (await secondFactors.has(who.id)) return redirect('/admin/account');
    const codes = await secondFactors.enrol(who.id, visit.form.get('code') ?? '', clock.now());
    if (!codes)
      return enrolScreen(visit, secondFactors, 'This code is not right. Take the one that the app shows now.');
    // Sessions that began without the second factor are not to outlive its beginning.
    await sessions.closeAll(database, who.id, who.sessionId);
    await acts.told(toldBy(who.user, 'on'));
    return codesScreen(codes);
  },
});

export const newCodes = action('/admin/account/recovery-codes', {
  acl,
  fresh: true,
  inject: services,
  async perform(visit, { secondFactors, acts }) {
    const { id, user } = whoIs(visit);
    if (!(await secondFactors.has(id))) return redirect('/admin/account');
    const codes = await secondFactors.renewRecoveryCodes(id);
    await acts.told(toldBy(user, 'codes'));
    return codesScreen(codes);
  },
});

export const turnOff = action('/admin/account/second-factor/off', {
  acl,
  fresh: true,
  inject: { ...services, settings: security.token },
  async perform(visit, { secondFactors, sessions, database, settings, acts }) {
    const who = whoIs(visit);
    if (await settings.get('require_second_factor'))
      return redirect('/admin/account', { problem: 'This store asks its administrators for a second factor.' });
    await secondFactors.remove(database, who.id);
    await sessions.closeAll(database, who.id, who.sessionId);
    await acts.told(toldBy(who.user, 'off'));
    return redirect('/admin/account', { done: 'The second factor is off.' });
  },
});
