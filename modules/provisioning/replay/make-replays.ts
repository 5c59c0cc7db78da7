import { randomUUID } from 'node:crypto';
import { type Connection, type Connections, scopes, serviceRefusal } from '../../connection/index.ts';
import type { Clock, Environment, Logger } from '../../framework/index.ts';
import { forbidden, type ScimDesk } from '../../scim/index.ts';
import { makeDesk } from '../desk/make-desk.ts';
import type { GroupProvisioner } from '../group/provisioner.ts';
import { authorize } from '../http/door.ts';
import { tryGroup } from '../preview/group-trials.ts';
import type { MappingPreview } from '../preview/preview.ts';
import type { ReceivedPayload, ReceivedPayloads } from '../preview/received-payloads.ts';
import { trySignIn } from '../preview/sign-in-trials.ts';
import type { Caller, Room } from '../room.ts';
import type { SignIns } from '../sign-in/sign-ins.ts';
import type { UserProvisioner } from '../user/provisioner.ts';
import type { RecordedSignIns } from './recorded-sign-in.ts';
import { type DryReplay, isSignIn, ReplayError, type Replays } from './replay.ts';

export interface ReplayParts {
  readonly room: Room;
  readonly users: UserProvisioner;
  readonly groups: GroupProvisioner;
  readonly connections: Connections;
  readonly payloads: ReceivedPayloads;
  readonly preview: MappingPreview;
  readonly signIns: SignIns;
  readonly protocols: readonly RecordedSignIns[];
  readonly environment: Pick<Environment, 'baseUrl'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export function createReplays(parts: ReplayParts): Replays {
  const { room, connections, payloads, preview } = parts;
  const desk = deskOf(parts);

  async function find(record: number): Promise<{ request: ReceivedPayload; connection: Connection }> {
    const request = await payloads.ofRecord(record);
    if (request === undefined) throw unknown(record);
    if (request === 'not kept') throw notKept(record);
    const connection =
      request.connectionId === undefined ? undefined : await connections.byId(room.database, request.connectionId);
    if (!connection)
      throw new ReplayError('CONNECTION_GONE', `The connection of record ${record} does not exist any more.`);
    if (request.cut)
      throw new ReplayError(
        'REQUEST_CUT',
        `The request of record ${record} was too long to be kept whole; let the identity provider send it again.`,
      );
    return { request, connection };
  }

  async function signIn(request: ReceivedPayload, connection: Connection): Promise<DryReplay> {
    const protocol = parts.protocols.find(({ operation }) => operation === request.operation);
    await room.mapping.ready(room.database, connection);
    const arrival =
      (await protocol?.arrival(room.database, connection, request)) ??
      'The module that people signed in by is not enabled any more (module:status).';
    if (typeof arrival === 'string')
      throw new ReplayError('PREVIEW_IMPOSSIBLE', `Record ${request.record} can't be tried. ${arrival}`);
    return { resource: 'sign-in', request, preview: await trySignIn(parts, { connection, request, arrival }) };
  }

  return {
    async dry(record) {
      const { request, connection } = await find(record);
      if (isSignIn(request)) return signIn(request, connection);
      const { method, path, body } = request;
      const [, resource, text] = /^\/(users|groups)(?:\/([^/]+))?\/?$/i.exec(path) ?? [];
      if (resource === undefined || !isTried(method))
        throw new ReplayError(
          'PREVIEW_IMPOSSIBLE',
          `Record ${record} is of ${method} ${path}; only requests that make or change one user or one group can be tried. --live carries it out.`,
        );
      const id = text === undefined ? undefined : decodeURIComponent(text);
      if (resource.toLowerCase() === 'groups')
        return { resource: 'group', request, preview: await tryGroup(parts, { connection, method, id, body }) };
      const whose = id === undefined ? {} : { id };
      return { resource: 'user', request, preview: await preview.preview({ connection, method, body, ...whose }) };
    },
    async live(record, actor) {
      const { request, connection } = await find(record);
      if (isSignIn(request))
        throw new ReplayError(
          'LIVE_IMPOSSIBLE',
          `Record ${record} is a sign-in, which is the person's own, and what proved it is not kept; let the person sign in again. A dry replay shows what would come of it.`,
        );
      await room.mapping.ready(room.database, connection);
      const requestId = randomUUID();
      const caller: Caller = {
        connection,
        tokenId: 0,
        tokenName: `${actor}, replaying record ${record}`,
        scopes,
        notes: [],
        actor: `${actor}, replaying record ${record}`,
      };
      const { method, path, body } = request;
      const { answer } = await desk({ method, path, caller, requestId, ...(body === undefined ? {} : { body }) });
      await room.activities.flush();
      return { request, status: answer.status, answer: answer.body ?? null, requestId };
    },
  };
}

const unknown = (record: number): ReplayError =>
  new ReplayError(
    'RECORD_UNKNOWN',
    `There is no record ${record}; report:provisioning --json shows those that there are, with their ids.`,
  );
const notKept = (record: number): ReplayError =>
  new ReplayError(
    'REQUEST_NOT_KEPT',
    `Record ${record} keeps no request, as only those do that make or change something; report:provisioning --json shows which have a payload.`,
  );

const tried = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;
const isTried = (method: string): method is (typeof tried)[number] => tried.some((known) => known === method);

const deskOf = (parts: ReplayParts): ScimDesk<Caller> =>
  makeDesk(
    { ...parts, mapping: parts.room.mapping, activities: parts.room.activities },
    (caller, intention) => {
      const closed = serviceRefusal(caller.connection);
      if (closed !== undefined) throw forbidden(closed);
      authorize(caller, intention);
    },
    'a replay',
  );
