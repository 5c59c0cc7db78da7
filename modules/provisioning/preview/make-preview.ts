import { scopes, serviceRefusal } from '../../connection/index.ts';
import type { Clock, Environment, Logger } from '../../framework/index.ts';
import { type Carried, forbidden, scimDesk } from '../../scim/index.ts';
import { authorize, modeOf } from '../http/door.ts';
import { scimErrorFor } from '../http/errors.ts';
import { usersHandler } from '../http/resource-types.ts';
import type { Caller, Room } from '../room.ts';
import type { UserProvisioner } from '../user/provisioner.ts';
import type { MappingPreview, PreviewQuestion } from './preview.ts';
import { rehearsalRoom } from './rehearsal/rehearsal-room.ts';
import { requestFor, type TriedRequest } from './request.ts';
import { told } from './told.ts';

/** What a preview works with. */
export interface PreviewParts {
  readonly room: Room;
  /** The service with its plugins: what they do shows in a preview. */
  readonly users: UserProvisioner;
  readonly environment: Pick<Environment, 'baseUrl'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Stands for the token of a request that none came with: it may do everything. */
const anyToken = { tokenId: 0, tokenName: 'preview', scopes, notes: [] };

export function createPreview(parts: PreviewParts): MappingPreview {
  return {
    async preview(question) {
      const { connection } = question;
      const room: Room = { ...parts.room, database: question.database ?? parts.room.database };
      await room.mapping.ready(room.database, connection);
      const request = await requestFor(room, question);
      const { room: rehearsal, seen } = rehearsalRoom(room, question.mapping);
      const mapping = rehearsal.mapping.of(connection);
      const carried = await tryOut(parts, rehearsal, request, question);
      return told(room, { question, request, carried, seen, mapping });
    },
  };
}

/** Carries the request out in the rehearsal, through the steps that a real one takes. */
function tryOut(
  { users, environment, clock, logger }: PreviewParts,
  rehearsal: Room,
  { method, path }: TriedRequest,
  { connection, body }: PreviewQuestion,
): Promise<Carried<Caller>> {
  const desk = scimDesk<Caller>({
    baseUrl: () => `${environment.baseUrl}/scim/v2`,
    now: () => clock.now(),
    resourceTypes: [usersHandler(users, rehearsal.mapping)],
    mode: modeOf,
    authorize(caller, intention) {
      const closed = serviceRefusal(connection);
      if (closed !== undefined) throw forbidden(closed);
      authorize(caller, intention);
    },
    mapError: scimErrorFor,
    onError: (err) => logger.error({ err }, 'a preview failed'),
  });
  const caller = { ...anyToken, connection, rehearsal };
  return desk({ method, path, caller, requestId: '', ...(method === 'DELETE' ? {} : { body }) });
}
