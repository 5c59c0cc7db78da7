import {
  Button,
  CheckField,
  FieldGroup,
  Form,
  FormButtons,
  FormErrors,
  LinkButton,
  type Screen,
  SelectField,
  screen,
  TextField,
} from '../../../admin/index.ts';
import type { Connection } from '../../../connection/index.ts';
import type { Website } from '../../../store/index.ts';
import type { ScopeChoice } from '../../scope/catalogue.ts';
import type { Webhook } from '../../webhook.ts';
import { allPath, listPath, shortNameOf, webhookPath } from '../places.ts';
import type { WebhookErrors, WebhookFields } from './fields.ts';
import { HeaderRows } from './header-rows.tsx';
import { PayloadChoice } from './payload-choice.tsx';
import { Placeholders } from './placeholders.tsx';
import { ScopePicker } from './scope-picker.tsx';

export interface FormScreen {
  /** Undefined for a new one. */
  readonly webhook?: Webhook | undefined;
  readonly connection: Connection | undefined;
  readonly websites: readonly Website[];
  readonly choices: readonly ScopeChoice[];
  readonly fields: WebhookFields;
  readonly errors: WebhookErrors;
}

const WebsiteField = ({ websites, fields, errors }: FormScreen) => (
  <SelectField
    name="website"
    label="Website"
    value={fields.website}
    options={[
      ['', 'All websites'],
      ...websites.map(({ id, name, code }) => [String(id), `${name} (${code})`] as const),
    ]}
    error={errors.website}
    help="Of whose customers it is told."
  />
);

const Address = ({ fields, errors }: FormScreen) => (
  <FieldGroup legend="Where it goes">
    <TextField
      name="destination"
      label="Destination"
      value={fields.destination}
      placeholder="https://"
      required
      code
      error={errors.destination}
      help="An address on the internet that takes POST requests, with https. It is kept as you type it."
    />
    <div class="field below">
      <Placeholders destination={fields.destination} fillsPlaceholders={fields.fillsPlaceholders} />
    </div>
    <div class="field">
      <span class="field-label">Custom Headers</span>
      <HeaderRows rows={fields.headers} error={errors.headers} />
    </div>
  </FieldGroup>
);

/** The form in which a subscription is made, or changed. */
export function formScreen(given: FormScreen): Screen {
  const { webhook, connection, fields, errors } = given;
  const back = webhook ? webhookPath(webhook) : listPath(connection);
  return screen({
    title: webhook ? `Edit ${shortNameOf(webhook)}` : 'Add Webhook',
    back: { href: back, label: webhook ? shortNameOf(webhook) : connection ? connection.name : 'Webhooks' },
    status: Object.keys(errors).length > 0 ? 422 : 200,
    lead: connection
      ? `It is told what happens to the customers of the store, but not what ${connection.name} has changed itself.`
      : 'A receiver that belongs to no connection, such as a data warehouse or a chat.',
    body: (
      <Form
        action={webhook ? webhookPath(webhook, 'edit') : `${allPath}/new`}
        id="webhook-form"
        class="card"
        autocomplete={false}
      >
        <div class="card-body">
          <FormErrors errors={errors} />
          {!webhook && connection && <input type="hidden" name="connection" value={connection.code} />}
          <FieldGroup legend="Webhook">
            <TextField name="name" label="Name" value={fields.name} error={errors.name} help="To know it by." />
            {connection === undefined && <WebsiteField {...given} />}
            <CheckField
              name="active"
              label="Active"
              checked={fields.active}
              help="Off: what waits stays until it is on again; what happens meanwhile is not kept for it."
            />
          </FieldGroup>
          <Address {...given} />
          <FieldGroup legend="What it is told">
            <ScopePicker value={fields.scope} choices={given.choices} error={errors.scope} />
          </FieldGroup>
          <FieldGroup legend="Payload">
            <PayloadChoice value={fields.payload} scope={fields.scope} />
          </FieldGroup>
          <FormButtons>
            <Button look="primary">{webhook ? 'Save Webhook' : 'Add Webhook'}</Button>
            <LinkButton href={back}>Cancel</LinkButton>
          </FormButtons>
        </div>
      </Form>
    ),
  });
}
