import { Activities } from '../../activity/index.ts';
import { action, page } from '../../admin/index.ts';
import { Clock, Database, Environment } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { type Connection, ConnectionError, Connections } from '../connection.ts';
import { ConnectionEditor } from '../connection-editor.ts';
import { openConnection } from '../opening.ts';
import { type ConnectionPolicy, openPolicy } from '../policy/policy.ts';
import { Tokens } from '../token.ts';
import { type AddErrors, type AddFields, detailsScreen, newFields, sentFields } from './add-details.tsx';
import { openedScreen } from './add-opened.tsx';
import { directoryScreen, providerScreen } from './add-provider.tsx';
import { actorOfVisit } from './asked-connection.ts';
import { identityProviders } from './identity-provider.ts';
import { fieldOfRefusal } from './policy-fields.ts';
import { toggleNames } from './toggles.tsx';

/** The websites that have customers: all but the administration. */
const choices = async (websites: Websites) => (await websites.websites()).filter(({ id }) => id !== 0);

export const addConnectionPage = page('/admin/connections/new', {
  acl: 'connection::manage',
  inject: { websites: Websites, editor: ConnectionEditor },
  async view(visit, { websites, editor }) {
    const provider = identityProviders.find(({ profile }) => profile === visit.query.get('provider'));
    const from = visit.query.get('from') === 'directory' ? 'directory' : undefined;
    if (!provider) return from ? directoryScreen() : providerScreen();
    const known = await choices(websites);
    const website = known.find(({ isDefault }) => isDefault) ?? known[0];
    const offered = await editor.offered(visit.database);
    return detailsScreen({
      fields: newFields(provider, website?.code ?? '', from),
      websites: known,
      offered,
      errors: {},
    });
  },
});

const fieldOf: Readonly<Record<string, keyof AddErrors>> = {
  CONNECTION_CODE_INVALID: 'code',
  CONNECTION_CODE_RESERVED: 'code',
  CONNECTION_EXISTS: 'code',
  NAME_INVALID: 'name',
  WEBSITE_UNKNOWN: 'website',
};

/** Which policy a refusal is about, as the page of policies has it. */
function policyField(error: ConnectionError): keyof AddErrors {
  const field = fieldOfRefusal(error);
  return error.code === 'POLICY_INVALID' && (field === 'scope' || field === 'defaultGroup') ? field : 'general';
}

/** What a new connection is before it has been made, as far as its policies are concerned. */
const toBe: Omit<Connection, 'code' | 'name' | 'profile' | 'policy'> = {
  id: 0,
  websiteId: 0,
  active: true,
  match: 'link',
  groups: 'create',
  createdAt: '',
};

/** What is to be set once it is made: what differs from a connection that may do everything. */
const changesOf = (policy: ConnectionPolicy): Partial<ConnectionPolicy> =>
  Object.fromEntries(
    ([...toggleNames, 'scope', 'defaultGroup'] as const)
      .filter((name) => policy[name] !== openPolicy[name])
      .map((name) => [name, policy[name]]),
  );

function errorsOf({ name, code }: AddFields): AddErrors {
  return {
    ...(name === '' ? { name: 'Give the connection a name, such as the one of the company.' } : {}),
    ...(code === '' ? { code: 'Give the connection a code, such as okta.' } : {}),
  };
}

export const addConnection = action('/admin/connections/new', {
  acl: 'connection::manage',
  fresh: true,
  inject: {
    database: Database,
    connections: Connections,
    tokens: Tokens,
    websites: Websites,
    environment: Environment,
    activities: Activities,
    clock: Clock,
    editor: ConnectionEditor,
  },
  async perform(visit, { editor, ...needs }) {
    const fields = sentFields(visit.form);
    const again = async (errors: AddErrors) =>
      detailsScreen({
        fields,
        websites: await choices(needs.websites),
        offered: await editor.offered(visit.database),
        errors,
      });
    const errors = errorsOf(fields);
    if (Object.keys(errors).length > 0) return again(errors);
    try {
      const { code, name, provider, website, policy } = fields;
      const set = changesOf(policy);
      // What its policies can't be is told before anything is made.
      await editor.check({ ...toBe, code, name, profile: provider.profile, policy }, { policy: set });
      const opened = await openConnection(
        needs,
        { code, name, profile: provider.profile, website },
        actorOfVisit(visit),
      );
      if (Object.keys(set).length > 0) await editor.change(code, { policy: set }, actorOfVisit(visit));
      return openedScreen(await needs.connections.byCode(needs.database, opened.code), opened, fields.from);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      return again({ [fieldOf[error.code] ?? policyField(error)]: error.message });
    }
  },
});
