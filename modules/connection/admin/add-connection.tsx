import { action, page } from '../../admin/index.ts';
import { Clock, Database, Environment } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { ConnectionError, Connections } from '../connection.ts';
import { ConnectionEditor } from '../connection-editor.ts';
import { openConnection } from '../opening.ts';
import { Tokens } from '../token.ts';
import { type AddErrors, type AddFields, detailsScreen, newFields, sentFields } from './add-details.tsx';
import { openedScreen } from './add-opened.tsx';
import { providerScreen } from './add-provider.tsx';
import { actorOfVisit } from './asked-connection.ts';
import { identityProviders } from './identity-provider.ts';
import { toggleNames } from './toggles.tsx';

/** The websites that have customers: all but the administration. */
const choices = async (websites: Websites) => (await websites.websites()).filter(({ id }) => id !== 0);

export const addConnectionPage = page('/admin/connections/new', {
  acl: 'connection::manage',
  inject: { websites: Websites },
  async view(visit, { websites }) {
    const provider = identityProviders.find(({ profile }) => profile === visit.query.get('provider'));
    if (!provider) return providerScreen();
    const known = await choices(websites);
    const website = known.find(({ isDefault }) => isDefault) ?? known[0];
    return detailsScreen({ fields: newFields(provider, website?.code ?? ''), websites: known, errors: {} });
  },
});

const fieldOf: Readonly<Record<string, keyof AddErrors>> = {
  CONNECTION_CODE_INVALID: 'code',
  CONNECTION_CODE_RESERVED: 'code',
  CONNECTION_EXISTS: 'code',
  NAME_INVALID: 'name',
  WEBSITE_UNKNOWN: 'website',
};

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
    clock: Clock,
    editor: ConnectionEditor,
  },
  async perform(visit, { editor, ...needs }) {
    const fields = sentFields(visit.form);
    const again = async (errors: AddErrors) =>
      detailsScreen({ fields, websites: await choices(needs.websites), errors });
    const errors = errorsOf(fields);
    if (Object.keys(errors).length > 0) return again(errors);
    try {
      const opened = await openConnection(needs, {
        code: fields.code,
        name: fields.name,
        profile: fields.provider.profile,
        website: fields.website,
      });
      if (toggleNames.some((name) => !fields.policy[name]))
        await editor.change(fields.code, { policy: fields.policy }, actorOfVisit(visit));
      return openedScreen(await needs.connections.byCode(needs.database, opened.code), opened);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      return again({ [fieldOf[error.code] ?? 'general']: error.message });
    }
  },
});
