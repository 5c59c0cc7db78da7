import { CheckField, FieldGroup } from '../../admin/index.ts';
import type { ConnectionPolicy } from '../policy/policy.ts';
import { policySwitches } from '../policy/policy-words.ts';

/** The switches of the first screen, in groups of what they are about. */
const gates = ['newCustomers', 'scim'] as const;
const operations = ['create', 'update', 'deactivate', 'delete'] as const;
export const toggleNames = [...gates, ...operations] as const;

const helps: Readonly<Record<(typeof toggleNames)[number], string>> = {
  newCustomers: 'Off: people whom the store does not know are refused; those it knows are kept up to date.',
  scim: 'Off: every SCIM request of this connection is answered with 403 and the reason.',
  create: 'New users and groups.',
  update: 'Changes of users and groups.',
  deactivate: 'Taking the right to log in from a user.',
  delete: 'Removing users and groups; what is left of the customer, the policies say.',
};

const Toggle = ({ name, policy }: { name: (typeof toggleNames)[number]; policy: ConnectionPolicy }) => (
  <CheckField name={name} label={policySwitches[name].label} help={helps[name]} checked={policy[name]} />
);

/** "Enable New Customer Creation", "Enable SCIM Provisioning", and each operation. */
export function Toggles({ policy }: { policy: ConnectionPolicy }) {
  return (
    <div class="switches">
      <FieldGroup legend="Provisioning">
        {gates.map((name) => (
          <Toggle key={name} name={name} policy={policy} />
        ))}
      </FieldGroup>
      <FieldGroup legend="Operations" help="What the identity provider may do while provisioning is on.">
        {operations.map((name) => (
          <Toggle key={name} name={name} policy={policy} />
        ))}
      </FieldGroup>
    </div>
  );
}

/** The switches as a form sent them: a box that is not ticked sends nothing. */
export const sentToggles = (form: URLSearchParams): Pick<ConnectionPolicy, (typeof toggleNames)[number]> => ({
  newCustomers: form.has('newCustomers'),
  scim: form.has('scim'),
  create: form.has('create'),
  update: form.has('update'),
  deactivate: form.has('deactivate'),
  delete: form.has('delete'),
});
