import { actorOf, Clock, Database, HttpError, type Route, route } from '../../framework/index.ts';
import { Invitations } from '../invitation/invitations.ts';
import { NotificationError } from '../notification-error.ts';
import { Onboarding } from '../onboarding/onboarding.ts';
import { onboardingOperations } from './operations.ts';

const show = route('GET /admin/api/v1/customers/:id/onboarding', {
  operation: onboardingOperations.show,
  area: 'admin',
  acl: 'notification::onboarding',
  inject: { database: Database, onboarding: Onboarding, clock: Clock },
  async handle(request, response, { database, onboarding, clock }) {
    const id = idOf(request.params.id);
    const progress = (await onboarding.of(database, [id], clock.now())).get(id);
    if (!progress) throw new HttpError(404, 'CUSTOMER_UNKNOWN', `There is no customer ${id}.`);
    response.set('Cache-Control', 'no-store').json(progress);
  },
});

const invite = route('POST /admin/api/v1/customers/:id/invite', {
  operation: onboardingOperations.invite,
  area: 'admin',
  acl: 'notification::invite',
  inject: { database: Database, invitations: Invitations },
  async handle(request, response, { database, invitations }) {
    const id = idOf(request.params.id);
    const actor = actorOf(request)?.name ?? 'administration';
    try {
      response.status(202).json(await database.transaction((tx) => invitations.invite(tx, id, { actor })));
    } catch (error) {
      if (!(error instanceof NotificationError)) throw error;
      throw new HttpError(error.code === 'CUSTOMER_UNKNOWN' ? 404 : 409, error.code, error.message);
    }
  },
});

/** The administration's API to onboarding. */
export const onboardingRoutes: readonly Route[] = [show, invite];

function idOf(text: unknown): number {
  if (typeof text === 'string' && /^\d{1,10}$/.test(text)) return Number(text);
  throw new HttpError(404, 'CUSTOMER_UNKNOWN', 'There is no such customer.');
}
