import type { ComponentChildren } from 'preact';
import { Card, CheckField, SelectField, TextField } from '../../admin/index.ts';
import type { Offered } from '../connection-editor.ts';
import { type PolicyChoice, type PolicyNumber, policyNumbers } from '../policy/policy-words.ts';
import { identityProviders, providerOf } from './identity-provider.ts';
import type { PolicyErrors, PolicyFields } from './policy-fields.ts';

interface Given {
  readonly offered: Offered;
  readonly fields: PolicyFields;
  readonly errors: PolicyErrors;
}

/** What each choice means, value by value. */
const words: Readonly<Record<PolicyChoice | 'match' | 'groups', Readonly<Record<string, string>>>> = {
  match: {
    link: 'Take the customer over',
    ask: 'Wait for an administrator (Pending Matches)',
    refuse: 'Refuse with 403',
  },
  groups: {
    create: 'The one of its name; made if there is none',
    match: 'The one of its name, if there is one',
    none: 'None: customers stay in their group',
  },
  visibility: { managed: 'Those that it manages', website: 'All of the website (for an import)' },
  deactivation: {
    'end-sessions': 'No login, sessions and tokens end',
    lock: 'No login; who is logged in stays so',
    flag: 'Sets is_active alone: stops no login in Magento',
  },
  deletion: {
    deactivate: 'Deactivated, row kept',
    anonymise: 'Everything personal is taken out, row kept',
    delete: 'Customer row removed',
  },
  missingEmail: { placeholder: 'Give an address that is never mailed', refuse: 'Refuse with 400' },
  welcomeMail: { none: 'Nothing', welcome: 'A welcome', activation: 'A link that sets the password' },
};

function Choice(props: Given & { name: keyof typeof words; label: string; help: string }) {
  const { name, label, help, fields, errors } = props;
  return (
    <SelectField
      name={name}
      label={label}
      help={help}
      value={fields[name]}
      options={words[name]}
      error={errors[name]}
    />
  );
}

interface LineProps {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly code?: boolean;
  readonly placeholder?: string;
  readonly suggestions?: readonly string[] | undefined;
}

function Line(props: Given & LineProps) {
  const { fields, errors, offered: _, ...field } = props;
  return <TextField {...field} value={fields[field.name]} error={errors[field.name]} />;
}

function Amount({ name, label, help, fields, errors }: Given & { name: PolicyNumber; label: string; help: string }) {
  const { from, to } = policyNumbers[name];
  return (
    <TextField
      name={name}
      label={label}
      help={help}
      type="number"
      min={from}
      max={to}
      value={fields[name]}
      error={errors[name]}
    />
  );
}

const Group = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <Card title={title}>{children}</Card>
);

/** All policies of a connection, each with what it does in a line. */
export function PolicyForm(given: Given) {
  const { fields, errors } = given;
  const profiles = [...identityProviders, providerOf('interop-strict')];
  return (
    <>
      <Group title="Connection">
        <Line {...given} name="name" label="Name" help="What administrators see." />
        <SelectField
          name="profile"
          label="Identity Provider"
          value={fields.profile}
          options={profiles.map(({ profile, name }) => [profile, name] as const)}
          error={errors.profile}
          help="Decides which oddities are understood, the preset of the mapping, and the Setup Guide."
        />
      </Group>
      <Group title="People whom the store knows already">
        <Choice
          {...given}
          name="match"
          label="Customers nobody manages"
          help="When the identity provider writes to a customer who registered in the store."
        />
        <Line
          {...given}
          name="verifiedDomains"
          label="Verified domains"
          code
          placeholder="any"
          help="Only customers with addresses of these domains are taken over, such as example.com. Empty is any."
        />
        <Choice {...given} name="visibility" label="Visible customers" help="Which customers its lists show." />
        <Line
          {...given}
          name="scope"
          label="Users in scope"
          code
          placeholder="all"
          help="A SCIM filter: only users that match are created or changed, such as userType eq &quot;Employee&quot;. Empty is all."
        />
      </Group>
      <Group title="New customers">
        <Line
          {...given}
          name="defaultGroup"
          label="Customer group"
          placeholder="the store's default"
          suggestions={given.offered.defaultGroup}
          help="Code of the customer group of new customers, such as Wholesale."
        />
        <Choice
          {...given}
          name="groups"
          label="Groups become"
          help="The customer group that a new group of the identity provider stands for."
        />
        <Choice {...given} name="missingEmail" label="Without e-mail address" help="Users of whom no address comes." />
        <Choice
          {...given}
          name="welcomeMail"
          label="Welcome mail"
          help="What a customer is sent whom this connection has made."
        />
        <CheckField
          name="passwords"
          label="Accept passwords"
          checked={fields.passwords !== ''}
          help="A password that the identity provider sends becomes the customer's. Okta sends a random one."
        />
      </Group>
      <Group title="People who leave">
        <Choice {...given} name="deactivation" label="Deactivation" help="What “active: false” does." />
        <Choice
          {...given}
          name="deletion"
          label="Deletion"
          help="What a DELETE leaves of the customer; orders stay in any case."
        />
      </Group>
      <Group title="Safeguards">
        <CheckField
          name="guard"
          label="Mass-Deprovision Guard"
          checked={fields.guard !== ''}
          help="Holds deactivations, deletions and lost groups when there are too many of them, until an administrator decides (Held Changes)."
        />
        <Amount
          {...given}
          name="guardPercent"
          label="Holds above (percent)"
          help="Of the active customers, within an hour."
        />
        <Amount
          {...given}
          name="guardAtLeast"
          label="Never up to (customers)"
          help="So few within an hour always pass."
        />
        <Amount
          {...given}
          name="guardMost"
          label="Always above (customers)"
          help="More than so many within an hour never pass."
        />
        <Line
          {...given}
          name="addresses"
          label="Addresses"
          code
          placeholder="any"
          help="Where requests may come from: addresses and networks such as 192.0.2.0/24, with commas. Empty is anywhere."
        />
        <Line
          {...given}
          name="requestsPerSecond"
          label="Requests per second"
          placeholder="as configured"
          help="In the long run. 0 is no limit; empty is what Configuration says."
        />
      </Group>
    </>
  );
}
