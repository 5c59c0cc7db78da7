import { scopes, serviceRefusal } from '../../connection/index.ts';
import type { Clock, Environment, Logger } from '../../framework/index.ts';
import { forbidden, isObject, scimDesk } from '../../scim/index.ts';
import type { GroupProvisioner } from '../group/provisioner.ts';
import { authorize, modeOf } from '../http/door.ts';
import { scimErrorFor } from '../http/errors.ts';
import { groupsHandler } from '../http/resource-types.ts';
import type { Caller, Room } from '../room.ts';
import { type GroupState, lookAtGroup, movedBetween } from './group-look.ts';
import type { GroupPreview, GroupQuestion } from './group-preview.ts';
import { issuesOf } from './issues.ts';
import { undoneRoom, type Watch } from './undone-room.ts';

/** What trials of groups work with. */
export interface GroupTrialParts {
  readonly room: Room;
  /** The service with its plugins and its guard: what they do shows. */
  readonly groups: GroupProvisioner;
  readonly environment: Pick<Environment, 'baseUrl'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Says what a request about a group would do, by doing it in a transaction that is rolled back: what follows from a
 * membership (customer groups, who is left in no group) is read back from what was written.
 */
export async function tryGroup(
  { room, groups, environment, clock, logger }: GroupTrialParts,
  { connection, method, id, body }: GroupQuestion,
): Promise<GroupPreview> {
  const watch: Watch<GroupState | undefined> = {
    records: [],
    before: undefined,
    after: undefined,
    look: (tx, result) => {
      const whose = id ?? (isObject(result) ? String(result.id) : undefined);
      return whose === undefined ? Promise.resolve(undefined) : lookAtGroup(tx, connection.id, whose);
    },
  };
  const desk = scimDesk<Caller>({
    baseUrl: () => `${environment.baseUrl}/scim/v2`,
    now: () => clock.now(),
    resourceTypes: [groupsHandler(groups)],
    mode: modeOf,
    authorize(caller, intention) {
      const closed = serviceRefusal(connection);
      if (closed !== undefined) throw forbidden(closed);
      authorize(caller, intention);
    },
    mapError: scimErrorFor,
    onError: (err) => logger.error({ err }, 'a trial of a group failed'),
  });
  const path = id === undefined ? '/Groups' : `/Groups/${encodeURIComponent(id)}`;
  const rehearsal = undoneRoom(room, watch);
  const caller = { tokenId: 0, tokenName: 'preview', scopes, notes: [], connection, rehearsal };
  const { answer, finished } = await desk({
    method,
    path,
    caller,
    requestId: '',
    ...(method === 'DELETE' ? {} : { body }),
  });
  const { error } = finished;
  const after = error ? watch.before : watch.after;
  const [record] = error ? [] : watch.records;
  return {
    request: { method, path },
    status: answer.status,
    ...(record ? { operation: record.operation } : {}),
    before: watch.before?.figures ?? null,
    after: after?.figures ?? null,
    ...(await movedBetween(room.database, watch.before, after)),
    issues: issuesOf({
      connection,
      error,
      notes: finished.notes,
      ignored: finished.ignored,
      mapped: undefined,
      mapping: { resting: [] },
      required: [],
    }),
    answer: id === undefined && !error ? withoutId(answer.body) : (answer.body ?? null),
  };
}

/** The number of a group that was never made belongs to another one soon. */
function withoutId(body: unknown): unknown {
  if (!isObject(body)) return body ?? null;
  const { id: _, meta, ...rest } = body;
  const { location: __, ...others } = isObject(meta) ? meta : {};
  return { ...rest, meta: others };
}
