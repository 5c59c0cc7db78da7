import type { Inventory } from '../../framework/index.ts';
import type { IconName } from '../kit/icon.tsx';
import type { Visit } from '../kit/visit.ts';
import { type AdminPage, isAdminPage } from './page.ts';

export interface MenuEntry {
  readonly label: string;
  readonly href: string;
  readonly icon: IconName;
  readonly current: boolean;
  readonly children: readonly { readonly label: string; readonly href: string; readonly current: boolean }[];
}

export interface Tab {
  readonly label: string;
  readonly href: string;
  readonly current: boolean;
}

/** The pages of all modules, for menu and tabs. */
export const pagesOf = (inventory: Inventory): readonly AdminPage[] =>
  inventory.routes.flatMap(({ item }) => (isAdminPage(item) ? [item] : []));

const allowed = (page: AdminPage, visit: Visit): boolean => !('acl' in page.access) || visit.may(page.access.acl);

/** Whether a page lies at this path or below it: the entry is marked then. */
const within = (path: string, href: string): boolean =>
  path === href || (href !== '/admin' && path.startsWith(`${href}/`));

/**
 * The menu of those pages that this administrator may see, by their sort order; those `under` a label share its line. Of
 * pages with one label, such as users and roles, the first that may be seen is where it leads.
 */
export function menuOf(pages: readonly AdminPage[], visit: Visit): readonly MenuEntry[] {
  const places = pages
    .flatMap((page) => (page.menu && allowed(page, visit) ? [{ ...page.menu, href: page.path }] : []))
    .sort((a, b) => a.sortOrder - b.sortOrder);
  // The most exact one is current: "/admin/users/roles" lies below "/admin/users" as well.
  const matching = places.filter(({ href }) => within(visit.path, href)).sort((a, b) => b.href.length - a.href.length);
  const here = matching[0]?.href;
  const entries = new Map<string, { -readonly [K in keyof MenuEntry]: MenuEntry[K] }>();
  for (const { label, under, href, icon } of places) {
    const name = under ?? label;
    const entry = entries.get(name);
    const child = { label, href, current: href === here };
    if (!entry)
      entries.set(name, {
        label: name,
        href,
        icon: icon ?? 'list',
        current: child.current,
        children: under === undefined ? [] : [child],
      });
    else {
      if (under !== undefined) entry.children = [...entry.children, child];
      entry.current ||= child.current;
    }
  }
  return [...entries.values()];
}

/** The tabs of a subject, with the parameters of the page at hand in their addresses. */
export function tabsOf(pages: readonly AdminPage[], subject: string, visit: Visit): readonly Tab[] {
  const hrefOf = (path: string): string =>
    path.replace(/:([A-Za-z_]\w*)/g, (_, name: string) => encodeURIComponent(visit.params[name] ?? ''));
  return pages
    .flatMap((page) => (page.tab?.of === subject && allowed(page, visit) ? [{ ...page.tab, path: page.path }] : []))
    .sort((a, b) => a.sortOrder - b.sortOrder)
    .map(({ label, path }) => ({ label, href: hrefOf(path) }))
    .map((tab) => ({ ...tab, current: tab.href === visit.path }));
}
