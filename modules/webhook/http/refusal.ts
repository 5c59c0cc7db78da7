import { httpErrorOf } from '../../connection/index.ts';
import { HttpError } from '../../framework/index.ts';
import { WebhookError, type WebhookErrorCode } from '../webhook-error.ts';

const statusOf: Readonly<Record<WebhookErrorCode, number>> = {
  WEBHOOK_UNKNOWN: 404,
  WEBHOOK_INVALID: 400,
  WEBHOOK_LIMIT: 409,
  DELIVERY_UNKNOWN: 404,
  DELIVERY_NOT_ENDED: 409,
};

/** Does the work, whose refusals by this room and by connections the caller may read. @throws HttpError */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WebhookError)
      throw new HttpError(statusOf[error.code], error.code, error.message, { cause: error });
    throw httpErrorOf(error);
  }
}
