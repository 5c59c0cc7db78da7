import { Connections } from '../../connection/index.ts';
import { CommandError, command, Database, UsageError } from '../../framework/index.ts';
import { connectionOption, readJson, whichOf, whichOptions } from './options.ts';
import { MappingPreview, type Preview, type PreviewQuestion } from './preview.ts';
import { lightsText, plain, previewText } from './print.ts';
import { ReceivedPayloads } from './received-payloads.ts';
import { type Lights, Trials } from './trials.ts';

type Tried = Pick<PreviewQuestion, 'body' | 'method' | 'id'>;

interface Given {
  readonly payload?: string;
  readonly record?: number;
  readonly patch?: boolean;
  readonly id?: string;
}

/** What is tried: a file, or what was really received. */
async function triedBy(given: Given, connectionId: number, payloads: ReceivedPayloads): Promise<Tried> {
  const { payload, record, patch = false, id } = given;
  if ((payload === undefined) === (record === undefined))
    throw new UsageError('Say --payload <file> or --record <id>.');
  const whom = id === undefined ? {} : { id };
  if (payload !== undefined)
    return { body: await readJson(payload), ...(patch ? { method: 'PATCH' as const } : {}), ...whom };
  const kept = await payloads.ofRecord(record ?? 0);
  if (kept === undefined || kept === 'not kept' || kept.cut || kept.connectionId !== connectionId)
    throw new CommandError(
      `Record ${record} is no request of this connection that could be tried; mapping:payloads lists those that can.`,
    );
  const [ofUsers, named] = /^\/users(?:\/([^/]+))?/i.exec(kept.path) ?? [];
  if (ofUsers === undefined)
    throw new CommandError(
      `Record ${record} (${kept.operation}) is of no user that SCIM sent; activity:replay ${record} tries it.`,
    );
  const method = ['POST', 'PUT', 'PATCH', 'DELETE'].find((known) => known === kept.method) as Tried['method'];
  return { body: kept.body, method, ...(named === undefined ? {} : { id: decodeURIComponent(named) }), ...whom };
}

const previewCommand = command('mapping:preview', {
  describe: 'Show what a user or a change would come to: values, differences, issues, trace; nothing is written',
  options: {
    connection: connectionOption,
    payload: { type: 'string', describe: 'File with the body of a request: a SCIM user, or a PatchOp message' },
    record: { type: 'number', describe: 'Id of a record instead: what was really received (mapping:payloads)' },
    ...whichOptions,
    patch: { type: 'boolean', describe: 'Take the payload for a PATCH, whatever it looks like' },
    id: {
      type: 'string',
      describe: 'SCIM id of the user that it is of; found by externalId and userName unless said',
    },
  },
  inject: {
    database: Database,
    connections: Connections,
    preview: MappingPreview,
    payloads: ReceivedPayloads,
    trials: Trials,
  },
  async run(options, { database, connections, preview, payloads, trials }): Promise<Preview> {
    const connection = await connections.byCode(database, options.connection);
    const tried = await triedBy(options, connection.id, payloads);
    const which = whichOf(options);
    const mapping = await trials.mapping(connection, which);
    return preview.preview({ connection, ...tried, mapping, which });
  },
  print: (preview) => previewText(preview),
});

const payloadsCommand = command('mapping:payloads', {
  describe: 'List the newest requests about users that were really received, for mapping:preview --record',
  options: {
    connection: connectionOption,
    limit: { type: 'number', describe: 'At most so many, up to 100', default: 20 },
  },
  inject: { database: Database, connections: Connections, payloads: ReceivedPayloads },
  run: async ({ connection, limit }, { database, connections, payloads }) =>
    payloads.recent(await connections.byCode(database, connection), limit),
  print: (found) =>
    found.length === 0
      ? 'Nothing was received yet.'
      : found
          .map(
            ({ record, at, method, path, status, subject }) =>
              `${record}  ${at}  ${method} ${plain(path)}  ${status}  ${plain(subject)}`,
          )
          .join('\n'),
});

const requirementsCommand = command('mapping:requirements', {
  describe:
    'Show which required attributes the last user held that was received, and where to add those that are missing',
  options: { connection: connectionOption },
  inject: { database: Database, connections: Connections, trials: Trials },
  run: async ({ connection }, { database, connections, trials }): Promise<Lights> =>
    trials.lights(await connections.byCode(database, connection)),
  print: (lights) => lightsText(lights),
});

export const previewCommands = [previewCommand, payloadsCommand, requirementsCommand];
