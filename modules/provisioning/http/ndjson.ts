import { once } from 'node:events';
import type { Response } from 'express';
import { refusalOf } from './admin-refusal.ts';

/**
 * Answers events as lines of JSON while they come, at the pace of the client. What is refused before the first of them is an
 * HTTP error; an error later is a last line `{"kind": "error", …}`, because the status is said by then. A client that hangs
 * up ends the work.
 */
export async function ndjson<E>(
  response: Response,
  begun: () => Promise<AsyncGenerator<E>>,
  wanted: (event: E) => boolean,
): Promise<void> {
  let events: AsyncGenerator<E>;
  let first: IteratorResult<E>;
  try {
    events = await begun();
    first = await events.next();
  } catch (error) {
    throw refusalOf(error);
  }
  response.set('Content-Type', 'application/x-ndjson; charset=utf-8').set('Cache-Control', 'no-store');
  try {
    for (let next = first; next.done !== true; next = await events.next()) {
      if (response.destroyed) return;
      if (wanted(next.value)) await write(response, next.value);
    }
  } catch (error) {
    const { code, message } = (refusalOf(error) ?? {}) as { code?: unknown; message?: unknown };
    const known = refusalOf(error) !== error;
    await write(response, {
      kind: 'error',
      code: known ? code : 'INTERNAL',
      message: known ? message : 'The run has failed; what was done is done. Run it again, and look into the log.',
    });
  } finally {
    await events.return(undefined);
    response.end();
  }
}

async function write(response: Response, value: unknown): Promise<void> {
  if (!response.write(`${JSON.stringify(value)}\n`) && !response.destroyed)
    await Promise.race([once(response, 'drain'), once(response, 'close')]);
}
