import { Connections } from '../../connection/index.ts';
import { command, Database, type Resolved } from '../../framework/index.ts';
import { SearchForms, type SearchFormsProgress } from './search-forms.ts';

/** Where the users of one connection stand. */
interface ConnectionForms extends SearchFormsProgress {
  readonly connection: string;
}

const formsText = ({ connection, version, finished, done, total, differed, endedAt }: ConnectionForms): string => {
  const mapping = version === 0 ? 'the preset' : `version ${version}`;
  if (finished)
    return `${connection}: searches see all users by ${mapping}${endedAt === null ? '' : `, since ${endedAt} UTC; ${differed} of ${total} had to be written anew`}.`;
  return `${connection}: ${done} of ${total} users are looked at; until the end filters and sorts may see the others by the mapping before ${mapping}.`;
};

const printed = (all: readonly ConnectionForms[]): string =>
  all.length === 0 ? 'There is no connection yet.' : all.map(formsText).join('\n');

const inject = { database: Database, connections: Connections, forms: SearchForms };

async function standing({ database, connections, forms }: Resolved<typeof inject>): Promise<ConnectionForms[]> {
  const all: ConnectionForms[] = [];
  for (const connection of await connections.list(database))
    all.push({ connection: connection.code, ...(await forms.progress(database, connection)) });
  return all;
}

const statusCommand = command('search:status', {
  describe: 'Show how far filters and sorts have followed the mappings in effect',
  inject,
  run: (_options, parts): Promise<readonly ConnectionForms[]> => standing(parts),
  print: (all) => printed(all),
});

const settleCommand = command('search:settle', {
  describe: 'Let filters and sorts follow the mappings in effect now; servers do it by themselves after a publication',
  inject,
  async run(_options, { database, connections, forms }, io): Promise<readonly ConnectionForms[]> {
    let told = Date.now();
    await forms.drain(({ code }, { done, total }) => {
      if (Date.now() - told < 1_000) return;
      told = Date.now();
      io.tell(`${code}: ${done} of ${total} users …\n`);
    });
    return standing({ database, connections, forms });
  },
  print: (all) => printed(all),
});

export const searchFormsCommands = [statusCommand, settleCommand];
