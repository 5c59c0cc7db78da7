import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from '../log/logger.ts';
import type { ErrorPages, Refusal } from './error-pages.ts';
import { requestIdOf } from './front.ts';

/** A refusal that the caller may read. Anything else that is thrown answers 500 and says nothing of its cause. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/**
 * Answers `{"error": {"code", "message", "requestId"}}`, and `beside` next to `error`. Whoever has the id, which the header
 * `X-Request-Id` carries as well, finds the record and the log by it. Of the request nothing else is repeated.
 */
export function sendError(
  response: Response,
  status: number,
  code: string,
  message: string,
  beside: Readonly<Record<string, unknown>> = {},
): void {
  const error = { code, message, requestId: requestIdOf(response.req) };
  response
    .status(status)
    .set('Cache-Control', 'no-store')
    .json({ error, ...beside });
}

export const notFound: RequestHandler = () => {
  throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
};

/** The last handler: turns whatever was thrown into an answer, and logs what is the host's own fault. */
export function errorHandler(logger: Logger, pages: ErrorPages | undefined): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error); // Express cuts the connection, so that half an answer is not taken for a whole one
      return;
    }
    const refusal = outcomeOf(error);
    const report = (err: unknown): void =>
      logger.error({ err, requestId: response.getHeader('X-Request-Id') }, 'A request failed');
    if (refusal.status >= 500) report(error);
    try {
      if (await pages?.show(request, response, refusal)) return;
    } catch (failure) {
      report(failure);
    }
    if (!response.headersSent) sendError(response, refusal.status, refusal.code, refusal.message);
  };
}

function outcomeOf(error: unknown): Refusal {
  if (error instanceof HttpError) return error;
  const { status, code } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  if (code === 'DB_UNAVAILABLE') {
    return { status: 503, code: 'UNAVAILABLE', message: 'The database cannot be reached. Try again later.' };
  }
  // Express's router and body parser refuse with a status of their own; their words may repeat the request's.
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, code: 'BAD_REQUEST', message: 'The request cannot be understood.' };
  }
  return { status: 500, code: 'INTERNAL', message: 'Something went wrong here. The log tells more.' };
}
