import {
  Button,
  CheckField,
  FieldGroup,
  Form,
  FormButtons,
  FormErrors,
  SelectField,
  TextAreaField,
  TextField,
  usePage,
} from '../../admin/index.ts';
import type { SamlSettings } from '../provider/provider.ts';
import {
  type SamlChoice,
  type SamlSwitch,
  type SamlText,
  samlChoiceNames,
  samlChoices,
  samlSwitches,
  samlSwitchNames,
  samlTextNames,
  samlTexts,
} from '../provider/setting-words.ts';

export type SettingErrors = Readonly<Record<string, string>>;

/** The settings of this part: all but the table of claims, which has a part of its own. */
export type FormSettings = Omit<SamlSettings, 'claims'>;

/** A sentence of `setting-words`, as it stands below a field. */
const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

const Switch = ({ name, settings, errors }: { name: SamlSwitch; settings: FormSettings; errors: SettingErrors }) => (
  <CheckField
    name={name}
    label={samlSwitches[name].label}
    help={sentence(samlSwitches[name].describe)}
    checked={settings[name]}
    error={errors[name]}
  />
);

const choiceWords: Readonly<Record<string, string>> = {
  redirect: 'In the address (HTTP-Redirect)',
  post: 'In a form (HTTP-POST)',
  unspecified: 'Unspecified: as it likes',
  emailAddress: 'E-mail address',
  persistent: 'Persistent',
  transient: 'Transient',
};

const Choice = ({ name, settings, errors }: { name: SamlChoice; settings: FormSettings; errors: SettingErrors }) => (
  <SelectField
    name={name}
    label={samlChoices[name].label}
    help={sentence(samlChoices[name].describe)}
    value={settings[name]}
    options={samlChoices[name].values.map((value) => [value, choiceWords[value] ?? value] as const)}
    error={errors[name]}
  />
);

const Text = ({ name, settings, errors }: { name: SamlText; settings: FormSettings; errors: SettingErrors }) => (
  <TextField
    name={name}
    label={samlTexts[name].label}
    help={sentence(samlTexts[name].describe)}
    value={settings[name] ?? ''}
    code
    error={errors[name]}
  />
);

/** What an administrator decides of a connection's logins, in groups of what it is about. */
export function SettingsForm(given: { code: string; settings: FormSettings; errors: SettingErrors }) {
  const { code, ...rest } = given;
  const { visit } = usePage();
  return (
    <Form action={`/admin/connections/${code}/saml/settings`} id="saml-settings" class="card">
      <div class="card-body">
        <FormErrors errors={given.errors} />
        <FieldGroup legend="Who comes in" help="While provisioning says who is a customer, these may all stay off.">
          <Switch name="createAtLogin" {...rest} />
          <Switch name="updateAtLogin" {...rest} />
          <Switch name="samlWins" {...rest} />
          <Switch name="linkByEmail" {...rest} />
          <Text name="identifier" {...rest} />
          <Text name="groupsAttribute" {...rest} />
        </FieldGroup>
        <FieldGroup legend="Where the browser may go" help="After a login that was begun with return_to.">
          <TextAreaField
            name="redirects"
            label="Return Addresses"
            value={given.settings.redirects.join('\n')}
            rows={3}
            code
            error={given.errors.redirects}
            help="One a line: an exact address, or the beginning of one that ends with a slash. Without any, people land on a plain account page."
          />
        </FieldGroup>
        <FieldGroup legend="Requests">
          <Choice name="requestBinding" {...rest} />
          <Choice name="nameIdFormat" {...rest} />
          <Text name="authnContext" {...rest} />
          <Switch name="forceAuthn" {...rest} />
          <Switch name="signRequests" {...rest} />
          <Switch name="signMetadata" {...rest} />
        </FieldGroup>
        <FieldGroup legend="Responses">
          <Switch name="wantResponseSigned" {...rest} />
          <Switch name="wantAssertionEncrypted" {...rest} />
          <Switch name="idpInitiated" {...rest} />
        </FieldGroup>
        {visit.may('saml::manage') && (
          <FormButtons>
            <Button look="primary">Save Config</Button>
          </FormButtons>
        )}
      </div>
    </Form>
  );
}

const lines = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The settings as the form sent them; what is no choice at all is left to the check of settings. */
export function sentSettings(form: URLSearchParams): FormSettings {
  const switches = Object.fromEntries(samlSwitchNames.map((name) => [name, form.has(name)]));
  const choices = Object.fromEntries(samlChoiceNames.map((name) => [name, form.get(name) ?? '']));
  const texts = Object.fromEntries(samlTextNames.map((name) => [name, form.get(name)?.trim() || null]));
  return { ...switches, ...choices, ...texts, redirects: lines(form.get('redirects') ?? '') } as FormSettings;
}
