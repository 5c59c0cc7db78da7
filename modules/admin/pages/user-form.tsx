import type { AdministratorAccount } from '../administrator.ts';
import { Button, LinkButton } from '../kit/button.tsx';
import { CheckField, SelectField, TextField } from '../kit/field.tsx';
import { FieldGroup, Form, FormErrors } from '../kit/form.tsx';
import { type Screen, screen } from '../kit/screen.ts';
import type { Role } from '../role/role.ts';

/** What the form holds: of an account, or as it was sent. */
export interface UserFields {
  readonly user: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly roleId: number;
  readonly active: boolean;
}

export const newUser: UserFields = { user: '', firstName: '', lastName: '', email: '', roleId: 0, active: true };

/** The fields as they were sent. */
export const sentUser = (form: URLSearchParams): UserFields => ({
  user: form.get('user')?.trim() ?? '',
  firstName: form.get('firstName')?.trim() ?? '',
  lastName: form.get('lastName')?.trim() ?? '',
  email: form.get('email')?.trim() ?? '',
  roleId: Number(form.get('role')) || 0,
  active: form.has('active'),
});

export type UserErrors = Partial<Record<keyof UserFields | 'role' | 'password' | 'general', string>>;

export interface UserScreenProps {
  readonly account?: AdministratorAccount;
  /** The account of whoever looks at it: it is not deleted here. */
  readonly own?: boolean;
  readonly fields: UserFields;
  readonly roles: readonly Role[];
  readonly errors?: UserErrors;
  /** Cards below the form. */
  readonly children?: Screen['body'];
}

/** The page on which an administrator is made or changed. */
export function userScreen({ account, own = false, fields, roles, errors = {}, children }: UserScreenProps): Screen {
  const action = account ? `/admin/users/${account.id}` : '/admin/users/new';
  return screen({
    title: account ? account.user : 'New User',
    back: { href: '/admin/users', label: 'Users' },
    status: Object.keys(errors).length > 0 ? 422 : 200,
    actions: (
      <>
        {account && !own && (
          <LinkButton href={`/admin/users/${account.id}/delete`} look="danger">
            Delete User
          </LinkButton>
        )}
        <Button form="user-form" look="primary">
          Save User
        </Button>
      </>
    ),
    body: (
      <>
        <Form action={action} id="user-form" class="card" autocomplete={false}>
          <div class="card-body">
            <FormErrors errors={errors} />
            <FieldGroup legend="Account">
              <TextField name="user" label="User Name" value={fields.user} required error={errors.user} />
              <TextField
                name="firstName"
                label="First Name"
                value={fields.firstName}
                required
                error={errors.firstName}
              />
              <TextField name="lastName" label="Last Name" value={fields.lastName} required error={errors.lastName} />
              <TextField name="email" label="E-mail" type="email" value={fields.email} required error={errors.email} />
              <SelectField
                name="role"
                label="Role"
                value={String(fields.roleId)}
                options={[['0', 'Choose a role …'], ...roles.map(({ id, name }) => [String(id), name] as const)]}
                error={errors.role}
                required
              />
              <CheckField
                name="active"
                label="This account is active"
                help="Switched off, nobody can log in with it and its sessions end."
                checked={fields.active}
              />
            </FieldGroup>
            <FieldGroup legend={account ? 'New Password' : 'Password'}>
              <TextField
                name="password"
                label="Password"
                type="password"
                autocomplete="new-password"
                required={!account}
                help={`7 characters or more, letters and digits both.${account ? ' Left empty, it stays as it is.' : ''}`}
                error={errors.password}
              />
            </FieldGroup>
          </div>
        </Form>
        {children}
      </>
    ),
  });
}
