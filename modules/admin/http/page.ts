import type { Request, Response } from 'express';
import {
  type Access,
  Database,
  type Dependencies,
  HttpError,
  type Resolved,
  type Route,
  route,
  whenProvided,
} from '../../framework/index.ts';
import type { IconName } from '../kit/icon.tsx';
import type { Answer } from '../kit/screen.ts';
import type { Visit } from '../kit/visit.ts';
import { Frame } from './frame.ts';

/** A place in the menu. Entries with the same `under` share one line and open below it; those of one label are one entry. */
export interface MenuPlace {
  readonly label: string;
  readonly sortOrder: number;
  readonly under?: string;
  readonly icon?: IconName;
}

/** A tab on the pages of a subject (see `Subjects`); the path's parameters are the subject's. */
export interface TabPlace {
  readonly of: string;
  readonly label: string;
  readonly sortOrder: number;
}

/** A route that shows a page: menu and tabs are made of these. */
export interface AdminPage extends Route {
  readonly menu: MenuPlace | undefined;
  readonly tab: TabPlace | undefined;
}

export const isAdminPage = (item: object): item is AdminPage => 'menu' in item && 'tab' in item;

/** Below `/setup` are pages for people without an account. */
type PagePath = `/admin${string}` | `/setup${string}`;

type Handle<D extends Dependencies> = (visit: Visit, resolved: Resolved<D>) => Answer | Promise<Answer>;

/**
 * Declares a page, `page('/admin/connections', { acl, menu: { label: 'Connections', sortOrder: 20 }, inject, view })`;
 * listed in a manifest's `routes`, it is there: menu entry, tab, access control and frame included. Pages for people
 * without an account lie below `/setup`, say `public` and why, and answer screens of the layout `guest`.
 */
export function page<D extends Dependencies = Record<never, never>>(
  path: PagePath,
  declaration: Access & { menu?: MenuPlace; tab?: TabPlace; inject?: D; view: Handle<D> },
): AdminPage {
  const { menu, tab, view, inject, ...access } = declaration;
  return { ...framed('GET', path, { ...access, reads: undefined, fresh: false }, inject, view), menu, tab };
}

/**
 * Declares what a form does, `action('/admin/connections/:code', { acl, inject, perform })`. The form's token is checked
 * before; `fresh` asks for the password, unless it was given a few minutes ago. Answers `redirect(…)`, or the screen
 * again with status 422 and the errors.
 */
export function action<D extends Dependencies = Record<never, never>>(
  path: PagePath,
  declaration: Access & { fresh?: boolean; inject?: D; perform: Handle<D> },
): Route {
  const { perform, inject, fresh = false, ...access } = declaration;
  return framed('POST', path, { ...access, reads: 'form', fresh }, inject, perform);
}

function framed<D extends Dependencies>(
  method: 'GET' | 'POST',
  path: PagePath,
  rest: Access & { reads: 'form' | undefined; fresh: boolean },
  inject: D | undefined,
  handle: Handle<D>,
): Route {
  const { reads, ...declared } = rest;
  return route(`${method} ${path}`, {
    ...declared,
    ...(reads ? { reads } : {}),
    area: 'admin',
    inject: { ...inject, $frame: whenProvided(Frame) } as Dependencies,
    async handle(request: Request, response: Response, resolved: Record<string, unknown>) {
      const { $frame: frame, ...asked } = resolved as { $frame: Frame | undefined } & Record<string, unknown>;
      if (!frame) throw new HttpError(404, 'NOT_FOUND', 'The administration is switched off.');
      const visit = await frame.visit(request);
      // A page asks through the visit's memory; see `Visit.database`.
      for (const [name, token] of Object.entries<unknown>(inject ?? {}))
        if (token === Database) asked[name] = visit.database;
      await frame.answer(request, response, await handle(visit, asked as Resolved<D>), path);
    },
  });
}
