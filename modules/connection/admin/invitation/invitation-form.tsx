import {
  Button,
  CheckField,
  Form,
  FormButtons,
  FormErrors,
  LinkButton,
  type Screen,
  SelectField,
  screen,
  TextField,
} from '../../../admin/index.ts';
import type { Connection } from '../../connection.ts';
import { providerOf } from '../identity-provider.ts';

/** What the form of a new link holds. */
export interface InvitationFields {
  readonly name: string;
  readonly days: string;
  readonly chooses: boolean;
  /** Empty: the link is shown instead of mailed. */
  readonly mailTo: string;
}
export type InvitationErrors = Partial<Record<'name' | 'days' | 'mailTo' | 'general', string>>;

/** Days that a link may be good for, in words. */
export const spans: Readonly<Record<string, string>> = {
  '1': 'A day',
  '3': '3 days',
  '7': 'A week',
  '14': 'Two weeks',
  '30': '30 days',
};

export const newInvitation = (connection: Connection): InvitationFields => ({
  name: '',
  days: '7',
  chooses: connection.profile === 'generic',
  mailTo: '',
});

export const sentInvitation = (form: URLSearchParams): InvitationFields => ({
  name: form.get('name')?.trim() ?? '',
  days: form.get('days') ?? '',
  chooses: form.has('chooses'),
  mailTo: form.get('mailTo')?.trim() ?? '',
});

interface InvitationScreen {
  readonly connection: Connection;
  readonly fields: InvitationFields;
  readonly errors: InvitationErrors;
  /** Whether there is a room that sends mails. */
  readonly mails: boolean;
}

export function invitationScreen({ connection, fields, errors, mails }: InvitationScreen): Screen {
  const { code, name, profile } = connection;
  return screen({
    title: 'Invite an Identity Administrator',
    back: { href: `/admin/connections/${code}/guide`, label: name },
    status: Object.keys(errors).length > 0 ? 422 : 200,
    lead: `One link, for one person and one browser: the guide of ${name} with its values, one token, and what comes in. No account is needed, and nothing else of this store can be seen.`,
    body: (
      <Form action={`/admin/connections/${code}/invitations/new`} id="invitation" class="card" autocomplete={false}>
        <div class="card-body">
          <FormErrors errors={errors} />
          <TextField
            name="name"
            label="Whom is it for?"
            value={fields.name}
            required
            error={errors.name}
            help="Such as “Dana, IT of Acme”. Whatever is done with the link is recorded under this name."
          />
          <SelectField
            name="days"
            label="Good for"
            value={fields.days}
            options={spans}
            error={errors.days}
            help="It also ends when they are done, and when you revoke it."
          />
          <CheckField
            name="chooses"
            label="They may say which identity provider it is"
            checked={fields.chooses}
            help={
              profile === 'generic'
                ? 'Otherwise they get the general guide, for any provider.'
                : `Otherwise it stays ${providerOf(profile).name}.`
            }
          />
          {mails && (
            <TextField
              name="mailTo"
              type="email"
              label="Mail it to"
              value={fields.mailTo}
              error={errors.mailTo}
              help="Optional. A mailed link is not shown to you; without an address you copy it on the next page."
            />
          )}
          <FormButtons>
            <Button look="primary">Make the Link</Button>
            <LinkButton href={`/admin/connections/${code}/guide`}>Cancel</LinkButton>
          </FormButtons>
        </div>
      </Form>
    ),
  });
}
