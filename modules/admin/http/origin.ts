import type { Request } from 'express';
import { HttpError } from '../../framework/index.ts';

/**
 * Refuses what another site made a browser send. `Sec-Fetch-Site` says it outright; where a browser (on plain http)
 * doesn't send that, `Origin` must be the site that was asked. Programs send neither.
 *
 * @throws HttpError 403 CROSS_SITE
 */
export function checkOrigin(request: Request, baseUrl: string): void {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin') return;
  } else {
    const { origin, host } = request.headers;
    if (origin === undefined) return;
    if (
      origin === new URL(baseUrl).origin ||
      (origin !== 'null' && URL.canParse(origin) && new URL(origin).host === host)
    )
      return;
  }
  throw new HttpError(
    403,
    'CROSS_SITE',
    'Another site tried to change something here with your login. Nothing was done.',
  );
}
