import { Connections } from '../../connection/index.ts';
import { Clock, type Command, command, Database } from '../../framework/index.ts';
import { difference } from '../version/difference.ts';
import { type MappingDraft, MappingVersions } from '../version/version.ts';
import {
  differenceText,
  documentLines,
  issueLines,
  publicationText,
  versionLine,
  versionText,
} from './mapping-text.ts';
import { authorFrom, connectionOption, publishingOptions, readWhich, whichOf, whichOptions } from './options.ts';

const inject = { database: Database, connections: Connections, versions: MappingVersions, clock: Clock };

/** A draft without what it says. */
const draftState = ({ revision, basedOn, author, changedAt }: MappingDraft) => ({
  revision,
  basedOn,
  author,
  changedAt,
});

const show = command('mapping:show', {
  describe: 'Show the mapping of a connection: what is in effect, the draft, or an older version',
  options: { connection: connectionOption, ...whichOptions },
  inject,
  async run(options, { database, connections, versions }) {
    const connection = await connections.byCode(database, options.connection);
    const which = whichOf(options);
    const draft = await versions.draft(database, connection).catch(() => undefined);
    const document = await versions.get(database, connection, which);
    const { document: _, ...meta } =
      which === 'draft' || which === 'published' || which === 'preset'
        ? await versions.inEffect(database, connection)
        : await versions.version(database, connection, which);
    return {
      connection: connection.code,
      shown: which,
      ...meta,
      draft: draft ? draftState(draft) : null,
      document,
      issues: await versions.check(database, document),
    };
  },
  print: ({ connection, shown, version, publishedAt, author, comment, draft, document, issues }) =>
    [
      shown === 'draft'
        ? `The draft of "${connection}" (revision ${draft?.revision}), begun from ${versionText(draft?.basedOn ?? 0)}, changed at ${draft?.changedAt} UTC by ${draft?.author}:`
        : `${shown === 'published' ? 'In effect' : 'The mapping'} for "${connection}": ${versionText(version)}${publishedAt ? `, published at ${publishedAt} UTC by ${author}${comment ? `: ${comment}` : ''}` : ''}`,
      ...documentLines(document),
      ...issueLines(issues),
      ...(draft && shown !== 'draft'
        ? [
            `There is a draft by ${draft.author} (revision ${draft.revision}); mapping:show --connection ${connection} --draft shows it.`,
          ]
        : []),
    ].join('\n'),
});

const list = command('mapping:versions', {
  describe: 'List the published versions of the mapping of a connection, newest first',
  options: {
    connection: connectionOption,
    limit: { type: 'number', describe: 'At most so many', default: 20 },
    before: { type: 'number', describe: 'Only versions before this one' },
  },
  inject,
  run: async ({ connection, limit, before }, { database, connections, versions }) =>
    versions.list(database, await connections.byCode(database, connection), {
      limit,
      ...(before === undefined ? {} : { before }),
    }),
  print: (all) =>
    all.length === 0 ? 'Nothing was published yet; the preset is in effect.' : all.map(versionLine).join('\n'),
});

const diff = command('mapping:diff', {
  describe: 'Compare two documents of a connection row by row: versions, the draft, what is in effect, the preset',
  options: {
    connection: connectionOption,
    from: { type: 'string', describe: 'draft, published, preset or a version', default: 'published' },
    to: { type: 'string', describe: 'draft, published, preset or a version', default: 'draft' },
  },
  inject,
  async run(options, { database, connections, versions }) {
    const [from, to] = [readWhich(options.from), readWhich(options.to)];
    const connection = await connections.byCode(database, options.connection);
    return difference(await versions.get(database, connection, from), await versions.get(database, connection, to));
  },
  print: (found) => differenceText(found),
});

const publish = command('mapping:publish', {
  describe: 'Bring the draft of a connection into effect',
  options: {
    connection: connectionOption,
    revision: { type: 'number', describe: 'The revision that you looked at; another one is not published' },
    ...publishingOptions,
  },
  inject,
  async run({ comment, over, revision, ...options }, { database, connections, versions, clock }) {
    const connection = await connections.byCode(database, options.connection);
    const author = authorFrom(options.author);
    // What is published is what was there when the command began.
    const seen = revision ?? (await versions.draft(database, connection))?.revision;
    const change = { author, comment, over, ...(seen === undefined ? {} : { revision: seen }) };
    return {
      connection: connection.code,
      ...(await database.transaction((tx) => versions.publishDraft(tx, connection, change, clock.now()))),
    };
  },
  print: (done) => publicationText(done.connection, done),
});

const rollback = command('mapping:rollback', {
  describe: 'Publish a copy of an older version; without --to, of the one before that in effect',
  options: {
    connection: connectionOption,
    to: { type: 'number', describe: 'The version to go back to; 0 is the preset' },
    ...publishingOptions,
  },
  inject,
  async run({ comment, ...options }, { database, connections, versions, clock }) {
    const connection = await connections.byCode(database, options.connection);
    const newest = (await versions.list(database, connection, { limit: 1 }))[0]?.version ?? 0;
    const change = { author: authorFrom(options.author), comment, over: options.over ?? newest };
    const to = options.to ?? Math.max(0, newest - 1);
    return {
      connection: connection.code,
      ...(await database.transaction((tx) => versions.rollback(tx, connection, to, change, clock.now()))),
    };
  },
  print: (done) => publicationText(done.connection, done),
});

const discard = command('mapping:discard', {
  describe: 'Throw the draft of a connection away',
  options: {
    connection: connectionOption,
    revision: { type: 'number', describe: 'The revision that you looked at; another one is kept' },
  },
  inject,
  async run({ revision, ...options }, { database, connections, versions }) {
    const connection = await connections.byCode(database, options.connection);
    const change = revision === undefined ? {} : { revision };
    const discarded = await database.transaction((tx) => versions.discardDraft(tx, connection, change));
    return { connection: connection.code, discarded };
  },
  print: ({ connection, discarded }) =>
    discarded ? `The draft of "${connection}" is gone.` : `There is no draft of "${connection}".`,
});

/** Commands about what is in effect, what was and what is to be. */
export const versionCommands: readonly Command[] = [show, list, diff, publish, rollback, discard];
