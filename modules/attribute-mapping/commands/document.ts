import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Connections } from '../../connection/index.ts';
import {
  Clock,
  type Command,
  CommandError,
  command,
  Database,
  Environment,
  UsageError,
} from '../../framework/index.ts';
import { exported } from '../document/exchange.ts';
import { mappingSchema } from '../document/schema.ts';
import { MappingVersions } from '../version/version.ts';
import { draftText, publicationText } from './mapping-text.ts';
import { authorFrom, connectionOption, publishingOptions, whichOf, whichOptions } from './options.ts';

const exportCommand = command('mapping:export', {
  describe: 'Print the mapping of a connection as JSON, for mapping:import here or elsewhere',
  options: { connection: connectionOption, ...whichOptions },
  inject: { database: Database, connections: Connections, versions: MappingVersions, environment: Environment },
  run: async (options, { database, connections, versions, environment }) =>
    exported(
      await versions.get(database, await connections.byCode(database, options.connection), whichOf(options)),
      environment.baseUrl,
    ),
  print: (document) => JSON.stringify(document, undefined, 2),
});

/** Reads the JSON of a file, or of standard input for `-`. */
async function readJson(file: string): Promise<unknown> {
  const content = await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((error: unknown) => {
    throw new CommandError(`${file} can't be read: ${error instanceof Error ? error.message : error}.`);
  });
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new CommandError(
      `${file} holds no JSON: ${error instanceof Error ? error.message : error}. mapping:export shows what is expected.`,
    );
  }
}

const imported = command('mapping:import', {
  describe:
    'Check the mapping in a file and publish it for a connection; nothing is changed if anything is wrong with it',
  options: {
    connection: connectionOption,
    file: { type: 'string', describe: 'File with the JSON of mapping:export, or - for standard input', required: true },
    draft: { type: 'boolean', describe: 'Make it the draft instead of publishing it' },
    revision: {
      type: 'number',
      describe: 'With --draft: revision of the draft that it replaces; without, only where there is none',
    },
    ...publishingOptions,
  },
  inject: { database: Database, connections: Connections, versions: MappingVersions, clock: Clock },
  async run(options, { database, connections, versions, clock }) {
    const { comment, draft, revision } = options;
    if (revision !== undefined && !draft) throw new UsageError('--revision is said with --draft.');
    const connection = await connections.byCode(database, options.connection);
    const document = await readJson(options.file);
    const author = authorFrom(options.author);
    // Somebody who publishes between this and the transaction is not overwritten unseen.
    const over = options.over ?? (await versions.inEffect(database, connection).catch(() => undefined))?.version;
    const { code } = connection;
    return database.transaction(async (tx) =>
      draft
        ? {
            connection: code,
            draft: await versions.saveDraft(tx, connection, document, { author, revision: revision ?? 0 }, clock.now()),
          }
        : {
            connection: code,
            ...(await versions.publish(tx, connection, document, { author, comment, over }, clock.now())),
          },
    );
  },
  print: (done) => ('draft' in done ? draftText(done.connection, done.draft) : publicationText(done.connection, done)),
});

const schema = command('mapping:schema', {
  describe: 'Print the JSON Schema of mapping documents, for editors and for those who write them elsewhere',
  run: () => mappingSchema,
  print: (found) => JSON.stringify(found, undefined, 2),
});

/** Commands that carry mappings out and in. */
export const documentCommands: readonly Command[] = [exportCommand, imported, schema];
