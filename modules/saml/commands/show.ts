import { type Command, command, Database } from '../../framework/index.ts';
import { SamlProviders } from '../provider/providers.ts';
import { publishedMetadata } from '../provider/published/published.ts';
import { connection } from './given-file.ts';
import { pageOf } from './shown.ts';

const show = command('saml:show', {
  describe: 'Show how a connection takes part in SAML: our addresses, its identity provider, settings, certificates',
  options: { connection: { ...connection, position: 0 } },
  inject: { database: Database, providers: SamlProviders },
  run: (given, { database, providers }) => providers.configuration(database, given.connection),
  print: (shown) => pageOf(shown),
});

const metadata = command('saml:metadata:show', {
  describe: 'Print our metadata for a connection, to be given to its identity provider; also while SAML is off',
  options: { connection: { ...connection, position: 0 } },
  inject: { database: Database, providers: SamlProviders },
  async run(given, { database, providers }) {
    // A change of nothing: the metadata has to hold the connection's certificate, which the first change makes.
    const { entityId } = await providers.change(given.connection, {}, 'command line');
    const provider = await providers.byCode(database, given.connection);
    return { entityId, xml: provider ? publishedMetadata(provider).xml : '' };
  },
  print: ({ xml }) => xml,
});

/** Commands that show. */
export const showCommands: readonly Command[] = [show, metadata];
