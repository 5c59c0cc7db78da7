import { Clock, Database, HttpError, type Route, route } from 'vestibule/framework';
import { CourseError } from '../course/course-error.ts';
import { signatureProblem } from '../lms/standard-webhooks.ts';
import { orderEventIn } from '../order/order-event.ts';
import { Orders } from '../order/orders.ts';
import { orderSettings } from '../order/settings.ts';
import { CourseJobs } from '../queue/jobs.ts';

/** Takes an order as it is now from whoever keeps orders. */
export const ordersRoute: Route = route('POST /course-sync/orders', {
  public: 'The body is signed with the secret of order events; nothing is read before the signature is verified.',
  reads: 'bytes',
  inject: { database: Database, orders: Orders, settings: orderSettings.token, clock: Clock, jobs: CourseJobs },
  async handle(request, response, { database, orders, settings, clock, jobs }) {
    const secret = await settings.get('secret');
    if (secret === '')
      throw new HttpError(404, 'NOT_FOUND', 'No order events are taken: course_sync/orders/secret is empty.');
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const now = clock.now();
    const problem = signatureProblem(request.headers, body, secret, now);
    if (problem !== undefined) throw new HttpError(401, 'SIGNATURE_INVALID', problem);
    try {
      const event = orderEventIn(body);
      const taken = await database.transaction((tx) => orders.take(tx, event, now.getTime()));
      if (taken === 'taken') jobs.wake();
      response.status(200).json({ order: event.order, result: taken });
    } catch (error) {
      if (!(error instanceof CourseError)) throw error;
      throw new HttpError(400, error.code, error.message);
    }
  },
});
