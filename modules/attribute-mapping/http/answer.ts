import type { Response } from 'express';
import { ConnectionError } from '../../connection/index.ts';
import { CustomerError } from '../../customer/index.ts';
import { HttpError, sendError } from '../../framework/index.ts';
import { MappingError, type MappingErrorCode } from '../version/mapping-error.ts';

const statusOf: Readonly<Record<MappingErrorCode, number>> = {
  DRAFT_CHANGED: 409,
  DRAFT_MISSING: 404,
  DRAFT_OUTDATED: 409,
  VERSION_CHANGED: 409,
  VERSION_UNKNOWN: 404,
  MAPPING_INVALID: 422,
  MAPPING_UNREADABLE: 409,
  COMMENT_TOO_LONG: 400,
};

/**
 * Answers what `work` comes to as JSON. Refusals of the rooms become HTTP's; the issues of a document stand beside the
 * error, so that an editor can show each at its row.
 */
export async function answering(response: Response, work: () => Promise<unknown>, status = 200): Promise<void> {
  response.set('Cache-Control', 'no-store');
  try {
    response.status(status).json(await work());
  } catch (error) {
    if (!(error instanceof MappingError)) throw refusal(error);
    const { code, message, issues } = error;
    if (issues.length === 0) throw new HttpError(statusOf[code], code, message);
    sendError(response, statusOf[code], code, message, { issues });
  }
}

function refusal(error: unknown): unknown {
  if (error instanceof ConnectionError && error.code === 'CONNECTION_UNKNOWN')
    return new HttpError(404, error.code, error.message);
  if (error instanceof CustomerError && error.code === 'CUSTOMER_ATTRIBUTE_EXISTS')
    return new HttpError(409, error.code, error.message);
  if (error instanceof CustomerError && error.code === 'CUSTOMER_ATTRIBUTE_INVALID')
    return new HttpError(422, error.code, error.message);
  return error;
}
