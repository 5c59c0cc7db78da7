import { answer, Clock, Database, HttpError, json, type Operation, type Route, route } from 'vestibule/framework';
import { CourseError } from '../course/course-error.ts';
import { isSecret, signatureProblem } from '../lms/standard-webhooks.ts';
import { orderEventIn } from '../order/order-event.ts';
import { Orders } from '../order/orders.ts';
import { orderSettings } from '../order/settings.ts';
import { CourseJobs } from '../queue/jobs.ts';

const ordersOperation: Operation = {
  summary: 'Tell of an order as it is now',
  description:
    'Signed as Standard Webhooks with the secret under course_sync/orders/secret: webhook-id, webhook-timestamp, webhook-signature. The newest `at` of an order holds.',
  security: [],
  body: {
    schema: json.named('CourseOrder', {
      type: 'object',
      required: ['order', 'at', 'items'],
      properties: {
        order: json.text,
        at: json.moment,
        customerId: json.said("The customer's id in the store; or else `email`.", json.number),
        email: json.text,
        website: json.said('Code of the website whose customer has that e-mail.'),
        items: json.list({
          type: 'object',
          required: ['sku', 'paid'],
          properties: { sku: json.text, paid: json.said('Neither refunded nor cancelled.', json.flag) },
        }),
      },
    }),
    example: {
      order: '100000012',
      at: '2026-11-22T10:30:00Z',
      customerId: 42,
      items: [{ sku: 'TRAINING-1', paid: true }],
    },
  },
  answers: {
    200: answer(
      'What became of it',
      json.object<{ order: string; result: string }>({
        order: json.text,
        result: json.oneOf(['taken', 'older', 'nobody', 'no-course']),
      }),
    ),
  },
};

/** Takes an order as it is now from whoever keeps orders. */
export const ordersRoute: Route = route('POST /course-sync/orders', {
  public: 'The body is signed with the secret of order events; nothing is read before the signature is verified.',
  reads: 'bytes',
  operation: ordersOperation,
  inject: { database: Database, orders: Orders, settings: orderSettings.token, clock: Clock, jobs: CourseJobs },
  async handle(request, response, { database, orders, settings, clock, jobs }) {
    const secret = await settings.get('secret');
    if (!isSecret(secret))
      throw new HttpError(
        404,
        'NOT_FOUND',
        'No order events are taken: course_sync/orders/secret is not set, or is no whsec_ and the base64 of at least 16 bytes.',
      );
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const now = clock.now();
    const problem = signatureProblem(request.headers, body, secret, now);
    if (problem !== undefined) throw new HttpError(401, 'SIGNATURE_INVALID', problem);
    try {
      const event = orderEventIn(body);
      const taken = await orders.take(database, event, now.getTime());
      if (taken === 'taken') jobs.wake();
      response.status(200).json({ order: event.order, result: taken });
    } catch (error) {
      if (!(error instanceof CourseError)) throw error;
      throw new HttpError(400, error.code, error.message);
    }
  },
});
