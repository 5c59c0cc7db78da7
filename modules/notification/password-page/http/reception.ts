import type { Request, Response } from 'express';
import { type Logger, requestIdOf } from '../../../framework/index.ts';
import { type Storefronts, visitorDocument } from '../../../store/index.ts';
import type { Guest, PasswordGuests } from '../guests.ts';
import { type PasswordLink, readLink } from '../link.ts';
import { broken, ourFault, tooMany, worthless } from '../page/answers.tsx';
import type { PasswordPage } from '../page/page.ts';
import { assets } from './assets.ts';
import type { PasswordLimits } from './limits.ts';

export interface ReceptionParts {
  readonly guests: PasswordGuests;
  readonly limits: PasswordLimits;
  readonly storefronts: Storefronts;
  readonly logger: Logger;
}

/** Answers with a page: nobody keeps it, nobody finds it, and nobody hears of the address it stands at. */
export function show(response: Response, page: PasswordPage, status = 200): void {
  response
    .status(status)
    .type('html')
    .set('Cache-Control', 'no-store')
    .set('X-Robots-Tag', 'noindex')
    .set('Referrer-Policy', 'no-referrer')
    .send(visitorDocument({ ...page, script: assets.script, secret: true }, assets.style));
}

/** Sends the browser on to a page without a link in its address. */
export function go(response: Response, address: string): void {
  response.status(303).set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', Location: address }).end();
}

/** Where nobody is known the page speaks for the default website, whoever the link names. */
export const anyShop = async (storefronts: Storefronts): Promise<string> => (await storefronts.of(0)).name;

export async function refuse(response: Response, { storefronts }: ReceptionParts, seconds: number): Promise<void> {
  response.set('Retry-After', String(seconds));
  show(response, tooMany(await anyShop(storefronts)), 429);
}

/** Whatever fails here becomes a page: people come, not programs. The log says why, and nothing of the link. */
export async function guarded(
  request: Request,
  response: Response,
  { storefronts, logger }: ReceptionParts,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (err) {
    logger.error({ err, requestId: requestIdOf(request) }, 'The page that sets a password failed');
    const shop = await anyShop(storefronts).catch(() => 'The store');
    show(response, ourFault(shop), 503);
  }
}

/** The link of a request that came at its pace and is whole; otherwise the request is answered. */
export async function linkOf(
  request: Request,
  response: Response,
  parts: ReceptionParts,
  fields: unknown,
): Promise<PasswordLink | undefined> {
  const wait = await parts.limits.visit(request);
  if (wait !== undefined) {
    await refuse(response, parts, wait);
    return undefined;
  }
  const { id, token } = (fields ?? {}) as Readonly<Record<string, unknown>>;
  const link = readLink(id, token);
  if (!link) show(response, broken(await anyShop(parts.storefronts)), 400);
  return link;
}

/** Answers that a link is worth nothing: 410, byte for byte the same for all of them. */
export async function tellWorthless(
  request: Request,
  response: Response,
  parts: ReceptionParts,
  link: PasswordLink,
): Promise<void> {
  const wait = await parts.limits.worthless(request);
  if (wait !== undefined) return refuse(response, parts, wait);
  show(response, worthless(await anyShop(parts.storefronts), link), 410);
}

/** Receives somebody with a good link; others are answered. */
export async function receive(
  request: Request,
  response: Response,
  parts: ReceptionParts,
  fields: unknown,
  attend: (guest: Guest, link: PasswordLink, requestId: string) => Promise<void>,
): Promise<void> {
  await guarded(request, response, parts, async () => {
    const link = await linkOf(request, response, parts, fields);
    if (!link) return;
    const guest = await parts.guests.find(link);
    if (guest) await attend(guest, link, requestIdOf(request));
    else await tellWorthless(request, response, parts, link);
  });
}
