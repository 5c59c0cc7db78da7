import { Clock, Database, HttpError, hashPassword } from '../../framework/index.ts';
import { isLocked, unlock } from '../access/lock-out.ts';
import { SecondFactors } from '../access/second-factor.ts';
import { Sessions } from '../access/session.ts';
import { mayManage } from '../account/reach.ts';
import { AdministrativeActs, differences } from '../act/act.ts';
import { AdministratorError, Administrators } from '../administrator.ts';
import { action, page } from '../http/page.ts';
import { ActionButton } from '../kit/button.tsx';
import { Card } from '../kit/card.tsx';
import { confirmation } from '../kit/confirmation.tsx';
import { DefinitionList } from '../kit/definition-list.tsx';
import { Moment } from '../kit/moment.tsx';
import { redirect, type Visit } from '../kit/visit.ts';
import { checkPassword } from '../password.ts';
import { Roles } from '../role/role.ts';
import { SessionList } from './session-list.tsx';
import { newUser, sentUser, type UserErrors, type UserFields, userScreen } from './user-form.tsx';

const acl = 'admin::users';
const services = {
  administrators: Administrators,
  roles: Roles,
  sessions: Sessions,
  secondFactors: SecondFactors,
  database: Database,
  clock: Clock,
  acts: AdministrativeActs,
};
type Services = {
  administrators: Administrators;
  roles: Roles;
  sessions: Sessions;
  secondFactors: SecondFactors;
  database: Database;
  clock: Clock;
  acts: AdministrativeActs;
};

const accountFields = ['user', 'email', 'firstName', 'lastName', 'role', 'active'];
export const byOf = ({ signedIn }: Visit): string => signedIn?.user ?? 'administration';

const idOf = ({ params }: Visit): number => Number(params.id) || 0;
const isOwn = (visit: Visit): boolean => idOf(visit) === visit.signedIn?.id;
const own = (what: 'delete' | 'switch off'): AdministratorError =>
  new AdministratorError('ADMIN_SELF', `You cannot ${what} your own account. Somebody else can.`);

/** @throws HttpError 404, or 403 for somebody who may do more than the one who asks */
async function accountOf(visit: Visit, { administrators, roles, database }: Services) {
  const account = await administrators.find(database, idOf(visit));
  if (!account) throw new HttpError(404, 'NOT_FOUND', 'There is no such administrator; it may have been deleted.');
  await mayManage(visit, roles, database, account.roleId);
  return account;
}

async function accountScreen(visit: Visit, services: Services, sent?: UserFields, errors?: UserErrors) {
  const { roles, sessions, database, clock } = services;
  const account = await accountOf(visit, services);
  const now = clock.now();
  const to = (what: string): string => `/admin/users/${account.id}/${what}`;
  const open = await sessions.list(database, now, account.id);
  return userScreen({
    account,
    own: isOwn(visit),
    fields: sent ?? account,
    roles: await roles.list(database),
    ...(errors ? { errors } : {}),
    children: (
      <>
        <Card title="Access">
          <DefinitionList
            items={[
              ['Created', <Moment at={account.createdAt} key="created" />],
              ['Last login', <Moment at={account.lastLogin} key="login" />],
              ['Second factor', account.secondFactor ? 'On' : 'Off'],
              ['Locked until', <Moment at={account.lockedUntil} key="locked" />],
            ]}
          />
          <div class="button-row">
            {isLocked({ lock_expires: account.lockedUntil }, now) && (
              <ActionButton action={to('unlock')}>Unlock</ActionButton>
            )}
            {account.secondFactor && <ActionButton action={to('reset-2fa')}>Reset Second Factor</ActionButton>}
            {open.length > 0 && <ActionButton action={to('end-sessions')}>End All Sessions</ActionButton>}
          </div>
        </Card>
        <Card title="Sessions">
          <SessionList sessions={open} current={visit.signedIn?.sessionId} />
        </Card>
      </>
    ),
  });
}

export const userPage = page('/admin/users/:id', {
  acl,
  inject: services,
  view: async (visit, given) =>
    visit.params.id === 'new'
      ? userScreen({ fields: newUser, roles: await given.roles.list(given.database) })
      : accountScreen(visit, given),
});

export const saveUser = action('/admin/users/:id', {
  acl,
  fresh: true,
  inject: services,
  async perform(visit, given) {
    const fields = sentUser(visit.form);
    const password = visit.form.get('password') ?? '';
    const isNew = visit.params.id === 'new';
    const errors = errorsOf(fields, password, isNew);
    const again = async (found: UserErrors) =>
      isNew
        ? userScreen({ fields, roles: await given.roles.list(given.database), errors: found })
        : accountScreen(visit, given, fields, found);
    if (Object.keys(errors).length > 0) return again(errors);
    try {
      const id = await save(visit, given, fields, password, isNew);
      return redirect(`/admin/users/${id}`, { done: 'The user was saved.' });
    } catch (error) {
      if (!(error instanceof AdministratorError)) throw error;
      return again({ [fieldOf[error.code] ?? 'general']: error.message });
    }
  },
});

const fieldOf: Readonly<Record<string, keyof UserErrors>> = {
  ADMIN_USER_EXISTS: 'user',
  ADMIN_USER_INVALID: 'user',
  ADMIN_ROLE_UNKNOWN: 'role',
  ADMIN_BEYOND: 'role',
};

function errorsOf(fields: UserFields, password: string, isNew: boolean): UserErrors {
  const errors: UserErrors = {};
  if (fields.user === '') errors.user = 'Give the user a name to log in with.';
  if (fields.firstName === '') errors.firstName = 'Give the first name.';
  if (fields.lastName === '') errors.lastName = 'Give the last name.';
  if (!/^[^\s@]+@[^\s@]+$/.test(fields.email)) errors.email = 'Give an e-mail address, such as anna@store.example.';
  if (fields.roleId === 0) errors.role = 'Choose a role.';
  try {
    if (isNew || password !== '') checkPassword(password);
  } catch (error) {
    errors.password = (error as Error).message;
  }
  return errors;
}

async function save(
  visit: Visit,
  given: Services,
  fields: UserFields,
  password: string,
  isNew: boolean,
): Promise<number> {
  const { administrators, roles, sessions, acts, database, clock } = given;
  const now = clock.now();
  const role = await roles.find(database, fields.roleId);
  if (!role) throw new AdministratorError('ADMIN_ROLE_UNKNOWN', 'There is no such role; it may have been deleted.');
  await mayManage(visit, roles, database, role.id);
  const account = isNew ? undefined : await accountOf(visit, given);
  if (isOwn(visit) && !fields.active) throw own('switch off');
  const passwordHash = password === '' ? undefined : await hashPassword(password);
  return database.transaction(async (tx) => {
    const act = { outcome: 'done', by: byOf(visit), subject: fields.user } as const;
    const before = account && { ...account, active: account.active ? 1 : 0 };
    const after = { ...fields, role: role.name, active: fields.active ? 1 : 0 };
    const modified = differences<Record<string, unknown>>(before, after, accountFields);
    const notes = passwordHash ? ['A password was set.'] : [];
    if (!account) {
      const made = { ...fields, role: role.name, passwordHash: passwordHash ?? '' };
      await acts.inside(tx, { ...act, operation: 'admin.user-create', modified, notes });
      return (await administrators.create(tx, made, now)).id;
    }
    await acts.inside(tx, { ...act, operation: 'admin.user-update', modified, notes });
    await administrators.change(tx, account.id, { ...fields, ...(passwordHash ? { passwordHash } : {}) }, now);
    // Whoever knew the old password is to be out, and nobody keeps what the old role allowed.
    if (passwordHash) await sessions.closeAll(tx, account.id, visit.signedIn?.sessionId);
    return account.id;
  });
}

const simple = (
  what: 'unlock' | 'reset-2fa' | 'end-sessions',
  done: string,
  act: (id: number, given: Services) => Promise<unknown>,
) =>
  action(`/admin/users/:id/${what}`, {
    acl,
    fresh: true,
    inject: services,
    async perform(visit, given) {
      const { id, user } = await accountOf(visit, given);
      await act(id, given);
      const told = { outcome: 'done', by: byOf(visit), subject: user } as const;
      await given.acts.told({ operation: `admin.user-${what}`, ...told });
      return redirect(`/admin/users/${id}`, { done });
    },
  });

export const unlockUser = simple('unlock', 'The account is unlocked.', (id, { database }) => unlock(database, id));
export const resetSecondFactor = simple(
  'reset-2fa',
  'The second factor is off; its sessions have ended.',
  async (id, { database, secondFactors, sessions }) => {
    await database.transaction(async (tx) => {
      await secondFactors.remove(tx, id);
      await sessions.closeAll(tx, id);
    });
  },
);
export const endSessions = simple('end-sessions', 'All sessions have ended.', (id, { database, sessions }) =>
  sessions.closeAll(database, id),
);

export const deleteUserPage = page('/admin/users/:id/delete', {
  acl,
  inject: services,
  async view(visit, given) {
    const account = await accountOf(visit, given);
    return confirmation({
      title: `Delete the user ${account.user}?`,
      action: `/admin/users/${account.id}/delete`,
      confirm: 'Delete User',
      back: `/admin/users/${account.id}`,
      children: (
        <p>The account, its sessions and its second factor are deleted. What it has done stays in the records.</p>
      ),
    });
  },
});

export const deleteUser = action('/admin/users/:id/delete', {
  acl,
  fresh: true,
  inject: services,
  async perform(visit, given) {
    const account = await accountOf(visit, given);
    try {
      if (isOwn(visit)) throw own('delete');
      await given.database.transaction(async (tx) => {
        await given.administrators.remove(tx, account.id);
        const told = { outcome: 'done', by: byOf(visit), subject: account.user } as const;
        await given.acts.inside(tx, { operation: 'admin.user-delete', ...told });
      });
      return redirect('/admin/users', { done: `The user ${account.user} was deleted.` });
    } catch (error) {
      if (!(error instanceof AdministratorError)) throw error;
      return redirect(`/admin/users/${account.id}`, { problem: error.message });
    }
  },
});
