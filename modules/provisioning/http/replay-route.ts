import { actorOf, HttpError, type Route, route } from '../../framework/index.ts';
import { isObject } from '../../scim/index.ts';
import { ReplayError, type ReplayErrorCode, Replays } from '../replay/replay.ts';
import { replayOperations } from './operations.ts';

const statusOf: Readonly<Record<ReplayErrorCode, number>> = {
  RECORD_UNKNOWN: 404,
  REQUEST_NOT_KEPT: 409,
  REQUEST_CUT: 409,
  CONNECTION_GONE: 409,
  PREVIEW_IMPOSSIBLE: 409,
  LIVE_IMPOSSIBLE: 409,
};

async function answered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ReplayError) throw new HttpError(statusOf[error.code], error.code, error.message);
    throw error;
  }
}

const recordOf = (text: unknown): number => {
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
  throw new HttpError(404, 'RECORD_UNKNOWN', 'The id of a record is a number.');
};

/** What a recorded request would do today. Nothing is written. */
const dry: Route = route('POST /admin/api/v1/activity/:id/replay/dry', {
  operation: replayOperations.dry,
  area: 'admin',
  acl: 'provisioning::preview',
  inject: { replays: Replays },
  async handle({ params }, response, { replays }) {
    response.set('Cache-Control', 'no-store').json(await answered(() => replays.dry(recordOf(params.id))));
  },
});

/** Carries a recorded request out once more: `{"live": true}`, so that nobody does it by mistake. */
const live: Route = route('POST /admin/api/v1/activity/:id/replay', {
  operation: replayOperations.live,
  area: 'admin',
  acl: 'provisioning::replay',
  reads: 'json',
  inject: { replays: Replays },
  async handle(request, response, { replays }) {
    const sent: unknown = request.body;
    if (!isObject(sent) || sent.live !== true)
      throw new HttpError(400, 'REQUEST_INVALID', 'Send {"live": true}; …/replay/dry shows what would happen.');
    const actor = actorOf(request)?.name ?? 'administration';
    response
      .set('Cache-Control', 'no-store')
      .json(await answered(() => replays.live(recordOf(request.params.id), actor)));
  },
});

export const replayRoutes = [dry, live];
