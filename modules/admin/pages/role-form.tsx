import { Button, LinkButton } from '../kit/button.tsx';
import { TextField } from '../kit/field.tsx';
import { FieldGroup, Form, FormErrors, fieldId } from '../kit/form.tsx';
import { type Screen, screen } from '../kit/screen.ts';
import { everyResource } from '../role/permissions.ts';
import type { ResourceBranch } from '../role/resource-tree.ts';
import type { Role, RoleChange } from '../role/role.ts';

export interface RoleScreenProps {
  readonly role?: Role;
  readonly fields: RoleChange;
  readonly tree: readonly ResourceBranch[];
  readonly errors?: Readonly<Record<string, string>>;
}

/** The role as it was sent. */
export const sentRole = (form: URLSearchParams): RoleChange => ({
  name: form.get('name')?.trim() ?? '',
  everything: form.get('access') === 'everything',
  resources: form.getAll('resource').filter((resource) => resource !== everyResource),
});

/** The page on which a role is made or changed: everything, or what is ticked in the tree of resources. */
export function roleScreen({ role, fields, tree, errors = {} }: RoleScreenProps): Screen {
  const allowed = new Set(fields.resources);
  return screen({
    title: role ? role.name : 'New Role',
    back: { href: '/admin/roles', label: 'Roles' },
    status: Object.keys(errors).length > 0 ? 422 : 200,
    actions: (
      <>
        {role && (
          <LinkButton href={`/admin/roles/${role.id}/delete`} look="danger">
            Delete Role
          </LinkButton>
        )}
        <Button form="role-form" look="primary">
          Save Role
        </Button>
      </>
    ),
    body: (
      <Form action={role ? `/admin/roles/${role.id}` : '/admin/roles/new'} id="role-form" class="card">
        <div class="card-body">
          <FormErrors errors={errors} />
          <FieldGroup legend="Role">
            <TextField name="name" label="Role Name" value={fields.name} required error={errors.name} />
          </FieldGroup>
          <FieldGroup legend="Resources">
            <div class="choices">
              <label class="check">
                <input type="radio" name="access" value="everything" checked={fields.everything} />
                <span>
                  Everything <small>also what modules add later</small>
                </span>
              </label>
              <label class="check">
                <input type="radio" name="access" value="chosen" checked={!fields.everything} id={fieldId('access')} />
                <span>
                  Only what is ticked here <small>whatever is not ticked can be neither seen nor done</small>
                </span>
              </label>
            </div>
            <div class="tree" data-shown-for="access=chosen">
              {tree.map((branch) => (
                <fieldset key={branch.module}>
                  <legend>
                    {branch.title}
                    {branch.resources.length > 1 && (
                      <button type="button" data-ticks hidden>
                        <span data-all>all</span>
                        <span class="visually-hidden"> of {branch.title}</span>
                      </button>
                    )}
                  </legend>
                  {branch.resources.map(({ id, title }) => (
                    <label key={id} class="check">
                      <input type="checkbox" name="resource" value={id} checked={allowed.has(id)} />
                      <span>
                        {title} <small class="code">{id}</small>
                      </span>
                    </label>
                  ))}
                </fieldset>
              ))}
            </div>
          </FieldGroup>
        </div>
      </Form>
    ),
  });
}
