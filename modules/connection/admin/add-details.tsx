import {
  Button,
  FieldGroup,
  Form,
  FormButtons,
  FormErrors,
  LinkButton,
  type Screen,
  SelectField,
  screen,
  TextField,
} from '../../admin/index.ts';
import type { Website } from '../../store/index.ts';
import type { Offered } from '../connection-editor.ts';
import { type ConnectionPolicy, openPolicy } from '../policy/policy.ts';
import { type IdentityProvider, identityProviders, providerOf } from './identity-provider.ts';
import { Steps } from './steps.tsx';
import { sentToggles, Toggles } from './toggles.tsx';

/** What the second step holds. */
export interface AddFields {
  readonly provider: IdentityProvider;
  readonly name: string;
  readonly code: string;
  readonly website: string;
  readonly policy: ConnectionPolicy;
  /** Where people are kept that the provider only reads: the guide then begins there. */
  readonly from: 'directory' | undefined;
}

export type AddErrors = Partial<Record<'name' | 'code' | 'website' | 'scope' | 'defaultGroup' | 'general', string>>;

export const newFields = (provider: IdentityProvider, website: string, from: AddFields['from']): AddFields => ({
  provider,
  name: provider.profile === 'generic' ? '' : provider.name,
  code: provider.profile === 'generic' ? '' : provider.profile,
  website,
  policy: openPolicy,
  from,
});

export function sentFields(form: URLSearchParams): AddFields {
  const profile = identityProviders.find((known) => known.profile === form.get('provider'))?.profile ?? 'generic';
  return {
    provider: providerOf(profile),
    name: form.get('name')?.trim() ?? '',
    code: form.get('code')?.trim() ?? '',
    website: form.get('website') ?? '',
    policy: {
      ...openPolicy,
      ...sentToggles(form),
      scope: form.get('scope')?.trim() || null,
      defaultGroup: form.get('defaultGroup')?.trim() || null,
    },
    from: form.get('from') === 'directory' ? 'directory' : undefined,
  };
}

/** Step 2: what it is called, whose customers they are, and what it may do. */
export function detailsScreen(given: {
  fields: AddFields;
  websites: readonly Website[];
  offered: Offered;
  errors: AddErrors;
}): Screen {
  const { fields, websites, offered, errors } = given;
  return screen({
    title: 'Add Connection',
    back: { href: '/admin/connections/new', label: 'Choose another provider' },
    lead: `${fields.provider.name}: what it is called and what it may do. All of it but the code and the website can be changed later.`,
    status: Object.keys(errors).length > 0 ? 422 : 200,
    body: (
      <>
        <Steps current={2} />
        <Form action="/admin/connections/new" id="add-connection" class="card">
          <div class="card-body">
            <FormErrors errors={errors} />
            <input type="hidden" name="provider" value={fields.provider.profile} />
            {fields.from && <input type="hidden" name="from" value={fields.from} />}
            <FieldGroup legend="Connection">
              <TextField
                name="name"
                label="Name"
                value={fields.name}
                required
                error={errors.name}
                help="What administrators see, such as “Okta of Acme”."
              />
              <TextField
                name="code"
                label="Code"
                value={fields.code}
                required
                code
                error={errors.code}
                help="Stands in addresses and commands: a–z, 0–9 and “-”, beginning with a letter."
              />
            </FieldGroup>
            <FieldGroup legend="Scope" help="Whose customers they become, and who may become one.">
              <SelectField
                name="website"
                label="Website"
                value={fields.website}
                options={websites.map(({ code, name }) => [code, `${name} (${code})`] as const)}
                required
                error={errors.website}
                help="Its customers belong to this website for good."
              />
              <TextField
                name="defaultGroup"
                label="Customer group"
                value={fields.policy.defaultGroup ?? ''}
                placeholder="the store's default"
                suggestions={offered.defaultGroup}
                error={errors.defaultGroup}
                help="Of new customers. What their groups at the provider stand for comes before it."
              />
              <TextField
                name="scope"
                label="Users in scope"
                value={fields.policy.scope ?? ''}
                placeholder="all"
                code
                error={errors.scope}
                help='A SCIM filter: only users that match are created or changed, such as userType eq "Employee".'
              />
            </FieldGroup>
            <Toggles policy={fields.policy} />
            <FormButtons>
              <Button look="primary">Add Connection</Button>
              <LinkButton href="/admin/connections">Cancel</LinkButton>
            </FormButtons>
          </div>
        </Form>
      </>
    ),
  });
}
