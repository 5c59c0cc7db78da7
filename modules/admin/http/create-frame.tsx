import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { renderToString } from 'preact-render-to-string';
import { type Database, HttpError, type Inventory } from '../../framework/index.ts';
import type { Sessions } from '../access/session.ts';
import { PageProvider } from '../kit/context.ts';
import { Document } from '../kit/document.tsx';
import type { MenuLink, Subject } from '../kit/extension-points.ts';
import type { Screen } from '../kit/screen.ts';
import type { Download, Redirect, Visit } from '../kit/visit.ts';
import { assetAddresses } from './assets.ts';
import type { Frame } from './frame.ts';
import { menuOf, pagesOf, type Tab, tabsOf } from './menu.ts';
import type { AdminPage } from './page.ts';
import { visitOf } from './visit.ts';
import type { Visitors } from './visitors.ts';

export interface FrameParts {
  readonly inventory: Inventory;
  readonly visitors: Visitors;
  readonly sessions: Sessions;
  readonly database: Database;
  readonly subjects: readonly Subject[];
  readonly links: readonly MenuLink[];
}

const themes = ['dark', 'light'];

export function createFrame({ inventory, visitors, sessions, database, subjects, links }: FrameParts): Frame {
  const pages: readonly AdminPage[] = pagesOf(inventory);
  const outward = [...links].sort((a, b) => a.sortOrder - b.sortOrder);

  async function show(request: Request, response: Response, given: Screen, path: string | undefined): Promise<void> {
    const visit = await visitOf(request, visitors, database);
    const { screen, tabs } = await framed(given, visit, path);
    const formToken = await visitors.formToken(request, response);
    const theme = themes.find((known) => known === visitors.theme.read(request)) ?? 'system';
    const html = renderToString(
      <PageProvider value={{ visit, formToken }}>
        <Document {...{ screen, tabs, theme }} menu={menuOf(pages, visit)} links={outward} assets={assetAddresses} />
      </PageProvider>,
    );
    if (screen.session) visitors.welcome(response, screen.session);
    // A part of a page, such as a preview that was asked for while the form went off, shows no message and keeps it.
    if (visit.signedIn?.flash && request.headers['hx-request'] !== 'true')
      await sessions.tell(database, visit.signedIn.sessionId, undefined);
    response
      .status(screen.status ?? 200)
      .type('html')
      .set('Cache-Control', 'no-store')
      // Without a referrer browsers say `Origin: null`, and forms could not be told from other sites'.
      .set('Referrer-Policy', screen.secretAddress ? 'no-referrer' : 'same-origin')
      .set('X-Robots-Tag', 'noindex, nofollow')
      .send(`<!doctype html>${html}`);
  }

  /** On a page with a tab, the subject is the heading and its other tabs stand below. */
  async function framed(
    screen: Screen,
    visit: Visit,
    path: string | undefined,
  ): Promise<{ screen: Screen; tabs: readonly Tab[] }> {
    const of = pages.find((page) => page.path === path)?.tab?.of;
    const subject = subjects.find(({ name }) => name === of);
    if (of === undefined || !subject) return { screen, tabs: [] };
    const title = await subject.title(visit.params, visit.database);
    if (title === undefined) throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
    return { screen: { back: subject.parent, ...screen, title }, tabs: tabsOf(pages, of, visit) };
  }

  async function go(
    request: Request,
    response: Response,
    { to, flash, session, theme, remember }: Redirect,
  ): Promise<void> {
    if (session === 'end') visitors.dismiss(response);
    else if (session) visitors.welcome(response, session);
    if (theme !== undefined) visitors.theme.set(response, theme, 365 * 86_400);
    if (remember) visitors.keepsake(remember.name).set(response, remember.value, remember.seconds);
    const signedIn = (await visitors.of(request))?.signedIn;
    if (flash && signedIn) await sessions.tell(database, signedIn.sessionId, flash);
    response.set('Cache-Control', 'no-store').redirect(303, /^\/(?![/\\])/.test(to) ? to : '/admin');
  }

  return {
    visit: (request) => visitOf(request, visitors, database),
    async answer(request, response, answer, path) {
      if (answer.kind === 'redirect') await go(request, response, answer);
      else if (answer.kind === 'download') await send(response, answer);
      else await show(request, response, answer, path);
    },
  };
}

async function send(response: Response, { name, type, body }: Download): Promise<void> {
  response.type(type).set('Cache-Control', 'no-store').attachment(name);
  if (typeof body === 'string') response.send(body);
  else await pipeline(body, response);
}
