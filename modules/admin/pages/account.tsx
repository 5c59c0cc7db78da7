import { Clock, Database, HttpError, hashPassword } from '../../framework/index.ts';
import { SecondFactors } from '../access/second-factor.ts';
import { Sessions, type SignedIn } from '../access/session.ts';
import { AdministrativeActs } from '../act/act.ts';
import { AdministratorError, Administrators } from '../administrator.ts';
import { action, page } from '../http/page.ts';
import { ActionButton, Button, LinkButton } from '../kit/button.tsx';
import { Card } from '../kit/card.tsx';
import { DefinitionList } from '../kit/definition-list.tsx';
import { TextField } from '../kit/field.tsx';
import { Form, FormButtons } from '../kit/form.tsx';
import { Notice } from '../kit/notice.tsx';
import { type Screen, screen } from '../kit/screen.ts';
import { redirect, type Visit } from '../kit/visit.ts';
import { checkPassword } from '../password.ts';
import { ownAccount as acl } from '../role/permissions.ts';
import { SessionList } from './session-list.tsx';

const services = {
  administrators: Administrators,
  sessions: Sessions,
  secondFactors: SecondFactors,
  database: Database,
  clock: Clock,
  acts: AdministrativeActs,
};
type Services = {
  administrators: Administrators;
  sessions: Sessions;
  secondFactors: SecondFactors;
  database: Database;
  clock: Clock;
  acts: AdministrativeActs;
};

/** @throws HttpError 401 */
export function whoIs(visit: Visit): SignedIn {
  if (visit.signedIn?.stage === 'full') return visit.signedIn;
  throw new HttpError(401, 'UNAUTHENTICATED', 'Log in first.');
}

async function accountScreen(
  visit: Visit,
  given: Services,
  errors: { password?: string; repeated?: string } = {},
): Promise<Screen> {
  const { sessions, secondFactors, database, clock } = given;
  const who = whoIs(visit);
  const has = await secondFactors.has(who.id);
  const open = await sessions.list(database, clock.now(), who.id);
  return screen({
    title: 'My Account',
    status: Object.keys(errors).length > 0 ? 422 : 200,
    body: (
      <>
        {visit.query.get('said') === 'password' && (
          <Notice kind="done">Your password was changed. Your other sessions have ended.</Notice>
        )}
        <Card title={who.user}>
          <DefinitionList
            items={[
              ['Name', who.name],
              ['E-mail', who.email],
              ['Role', who.role],
            ]}
          />
        </Card>
        <Card title="Second factor">
          {has ? (
            <>
              <p>
                A login asks for a code of your authenticator app. {await secondFactors.recoveryCodesLeft(who.id)} of
                your recovery codes are left.
              </p>
              <div class="button-row">
                <ActionButton action="/admin/account/recovery-codes">New Recovery Codes</ActionButton>
                <ActionButton action="/admin/account/second-factor/off" look="danger">
                  Turn Off
                </ActionButton>
              </div>
            </>
          ) : (
            <>
              <p>
                Your password alone lets people in. With a second factor, a login also asks for six digits that an app
                on your phone shows.
              </p>
              <div class="button-row">
                <LinkButton href="/admin/account/second-factor" look="primary" icon="shield">
                  Set Up a Second Factor
                </LinkButton>
              </div>
            </>
          )}
        </Card>
        <Card title="Password">
          <Form action="/admin/account/password" autocomplete={false}>
            <TextField
              name="password"
              label="New Password"
              type="password"
              autocomplete="new-password"
              help="7 characters or more, letters and digits both. Your other sessions end."
              error={errors.password}
              required
            />
            <TextField
              name="repeated"
              label="The Same Again"
              type="password"
              autocomplete="new-password"
              error={errors.repeated}
              required
            />
            <FormButtons>
              <Button>Change Password</Button>
            </FormButtons>
          </Form>
        </Card>
        <Card title="Your sessions">
          <SessionList sessions={open} current={who.sessionId} />
          {open.length > 1 && (
            <div class="button-row">
              <ActionButton action="/admin/account/sessions/end-others">End All Others</ActionButton>
            </div>
          )}
        </Card>
      </>
    ),
  });
}

export const accountPage = page('/admin/account', {
  acl,
  inject: services,
  view: (visit, given) => accountScreen(visit, given),
});

export const changePassword = action('/admin/account/password', {
  acl,
  fresh: true,
  inject: services,
  async perform(visit, given) {
    const who = whoIs(visit);
    const password = visit.form.get('password') ?? '';
    try {
      checkPassword(password);
    } catch (error) {
      if (!(error instanceof AdministratorError)) throw error;
      return accountScreen(visit, given, { password: error.message });
    }
    if (visit.form.get('repeated') !== password)
      return accountScreen(visit, given, { repeated: 'The two passwords are not the same.' });
    const { administrators, sessions, acts, database, clock } = given;
    const passwordHash = await hashPassword(password);
    const now = clock.now();
    const session = await database.transaction(async (tx) => {
      await administrators.change(tx, who.id, { passwordHash }, now);
      await acts.inside(tx, { operation: 'admin.password', outcome: 'done', by: who.user, subject: who.user });
      await sessions.closeAll(tx, who.id, who.sessionId);
      return sessions.renew(tx, who, 'full', now);
    });
    return { ...redirect('/admin/account?said=password'), session };
  },
});
