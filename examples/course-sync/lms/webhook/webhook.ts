import type { Clock, Outgoing } from 'vestibule/framework';
import { isPassing, retryAfterOf, unreachable } from '../answer.ts';
import { type Lms, LmsError, type Occasion } from '../lms.ts';
import type { LmsSettings } from '../settings.ts';
import { isSecret, signatureOf } from '../standard-webhooks.ts';

/** What an LMS is told. */
export type MessageType = 'user.saved' | 'enrolment.created' | 'enrolment.removed';

const mostBytes = 16_384;

/** Any LMS, or what stands before it, that takes Standard Webhooks: each act is a message, under one id however often it is sent. */
export function createWebhook(settings: LmsSettings, outgoing: Outgoing, clock: Clock): Omit<Lms, 'ready'> {
  async function tell(type: MessageType, data: object, { messageId, signal }: Occasion): Promise<string> {
    const secret = await settings.get('webhook_secret');
    if (!isSecret(secret))
      throw new LmsError(
        'LMS_SETTINGS',
        'Messages to the LMS are signed, and there is no secret: set course_sync/lms/webhook_secret to whsec_ and the base64 of 24 random bytes.',
      );
    const now = clock.now();
    const timestamp = Math.floor(now.getTime() / 1_000);
    const body = JSON.stringify({ type, timestamp: now.toISOString(), data });
    const answer = await outgoing
      .send({
        method: 'POST',
        url: await settings.get('url'),
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'Vestibule (courses)',
          'webhook-id': messageId,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signatureOf({ id: messageId, timestamp, body }, secret),
        },
        body,
        mostBytes,
        anyAnswer: true,
        allowed: await settings.get('allowed_hosts'),
        withinMs: 1_000 * (await settings.get('timeout')),
        ...(signal ? { signal } : {}),
      })
      .catch((error: unknown) => {
        throw unreachable(error);
      });
    const { status } = answer;
    if (status >= 200 && status < 300) return answer.body.toString();
    throw new LmsError(
      isPassing(status) ? 'LMS_UNREACHABLE' : 'LMS_REFUSED',
      `The LMS answered ${status} to ${type}${status < 400 ? ', and redirects are not followed' : ''}.`,
      { retryAfterMs: retryAfterOf(answer, now.getTime()) },
    );
  }

  return {
    async saveUser(user, known, changed, occasion) {
      if (!changed && known !== undefined) return known;
      const answer = await tell('user.saved', { ...user, ...(known === undefined ? {} : { lmsId: known }) }, occasion);
      return idIn(answer) ?? known ?? String(user.customerId);
    },
    async enrol(user, course, occasion) {
      await tell('enrolment.created', { ...user, course }, occasion);
    },
    async unenrol(user, course, occasion) {
      await tell('enrolment.removed', { ...user, course }, occasion);
    },
    course: async () => undefined,
  };
}

/** `{"id": …}`, if the LMS says under which id it keeps the user. */
function idIn(answer: string): string | undefined {
  try {
    const { id } = JSON.parse(answer) as { id?: unknown };
    const text = typeof id === 'number' ? String(id) : id;
    return typeof text === 'string' && text !== '' && text.length <= 190 ? text : undefined;
  } catch {
    return undefined;
  }
}
