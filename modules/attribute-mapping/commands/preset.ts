import { Connections, type Profile, profiles } from '../../connection/index.ts';
import { Clock, type Command, command, Database, UsageError } from '../../framework/index.ts';
import { presetFor } from '../preset/presets.ts';
import { MappingVersions } from '../version/version.ts';
import { documentLines, draftText, publicationText } from './mapping-text.ts';
import { authorFrom, connectionOption, publishingOptions } from './options.ts';

const inject = { database: Database, connections: Connections, versions: MappingVersions, clock: Clock };

const draftOptions = {
  revision: {
    type: 'number',
    describe: 'With --draft: revision of the draft that it replaces; without, only where there is none',
    default: 0,
  },
} as const;

const profileNamed = (name: string | undefined): Profile | undefined => profiles.find((known) => known === name);

const preset = command('mapping:preset', {
  describe: 'Show the mapping that comes with an identity provider, or start a connection over from it',
  options: {
    profile: {
      type: 'string',
      describe: 'Which identity provider; that of the connection unless said',
      choices: profiles,
    },
    connection: { type: 'string', describe: 'Code of a connection' },
    draft: { type: 'boolean', describe: "Make it the connection's draft" },
    publish: { type: 'boolean', describe: 'Publish it for the connection' },
    ...draftOptions,
    ...publishingOptions,
  },
  inject,
  async run(options, { database, connections, versions, clock }) {
    const { draft, publish, comment, over, revision } = options;
    if (draft && publish) throw new UsageError('Say --draft or --publish, not both.');
    if (options.connection === undefined) {
      if (draft || publish) throw new UsageError('Say with --connection whose mapping it is to be.');
      const profile = profileNamed(options.profile);
      if (!profile) throw new UsageError('Say --profile or --connection.');
      return { profile, document: presetFor(profile) };
    }
    const connection = await connections.byCode(database, options.connection);
    const profile = profileNamed(options.profile) ?? connection.profile;
    const [document, author, now] = [presetFor(profile), authorFrom(options.author), clock.now()];
    return database.transaction(async (tx) => ({
      profile,
      connection: connection.code,
      document,
      ...(draft && { draft: await versions.saveDraft(tx, connection, document, { author, revision }, now) }),
      ...(publish && { published: await versions.publish(tx, connection, document, { author, comment, over }, now) }),
    }));
  },
  print(done) {
    if ('connection' in done && done.draft) return draftText(done.connection, done.draft);
    if ('connection' in done && done.published) return publicationText(done.connection, done.published);
    return [`The preset for ${done.profile}:`, ...documentLines(done.document)].join('\n');
  },
});

const copy = command('mapping:copy', {
  describe: 'Publish for a connection what is in effect for another one',
  options: {
    from: { type: 'string', describe: 'Code of the connection that has the mapping', required: true },
    connection: { ...connectionOption, describe: 'Code of the connection that gets it' },
    draft: { type: 'boolean', describe: 'Make it the draft instead of publishing it' },
    ...draftOptions,
    ...publishingOptions,
  },
  inject,
  async run({ draft, revision, over, ...options }, { database, connections, versions, clock }) {
    const from = await connections.byCode(database, options.from);
    const to = await connections.byCode(database, options.connection);
    const { document, version } = await versions.inEffect(database, from);
    const [author, now] = [authorFrom(options.author), clock.now()];
    const comment = options.comment ?? `Copy of ${version === 0 ? 'the preset' : `version ${version}`} of ${from.code}`;
    return database.transaction(async (tx) => ({
      connection: to.code,
      ...(draft
        ? { draft: await versions.saveDraft(tx, to, document, { author, revision }, now) }
        : await versions.publish(tx, to, document, { author, comment, over }, now)),
    }));
  },
  print: (done) => ('draft' in done ? draftText(done.connection, done.draft) : publicationText(done.connection, done)),
});

/** Commands that take a mapping from elsewhere. */
export const presetCommands: readonly Command[] = [preset, copy];
