import type { ComponentChildren } from 'preact';
import { type Executor, type ExtensionPoint, extensionPoint } from '../../framework/index.ts';
import type { IconName } from './icon.tsx';
import type { Visit } from './visit.ts';

/** Something that an administrator should look at, with the way to its cure. */
export interface Concern {
  /** `bad`: something does not work or waits; `warn`: it soon may not. */
  readonly tone: 'bad' | 'warn';
  /** One plain sentence: "Okta has no token." */
  readonly text: string;
  readonly href: string;
}

/** A card on the dashboard. It is shown to those who may see `acl`, and asks for its data when it is shown. */
export interface DashboardCard {
  readonly id: string;
  readonly title: string;
  readonly acl: string;
  readonly sortOrder: number;
  /** Takes the whole width. */
  readonly wide?: boolean;
  /** A link behind the title. */
  readonly href?: string;
  /** Undefined: there is nothing to show, leave the card away. */
  view(visit: Visit): Promise<ComponentChildren | undefined> | ComponentChildren;
  /** What the light at the top of the dashboard tells; it is green while no card has any. Asks what `view` asks. */
  concerns?(visit: Visit): Promise<readonly Concern[]>;
}
export const DashboardCards: ExtensionPoint<DashboardCard> = extensionPoint<DashboardCard>('admin.DashboardCards');

/**
 * What pages with a `tab` are about: a connection, a customer. Its owner says how it is called; every module may bring
 * tabs to it, and panels to its pages.
 */
export interface Subject {
  readonly name: string;
  readonly parent: { readonly href: string; readonly label: string };
  /** The heading above the tabs; undefined answers 404. */
  title(params: Visit['params'], database: Executor): Promise<string | undefined>;
}
export const Subjects: ExtensionPoint<Subject> = extensionPoint<Subject>('admin.Subjects');

/** A panel that another module adds to a page of a subject, which asks for them by `PanelStack`. */
export interface Panel {
  readonly subject: string;
  readonly title: string;
  readonly acl: string;
  readonly sortOrder: number;
  view(visit: Visit): Promise<ComponentChildren | undefined> | ComponentChildren;
}
export const Panels: ExtensionPoint<Panel> = extensionPoint<Panel>('admin.Panels');

/** A step of the checklist that the dashboard shows until all are done. */
export interface FirstStep {
  readonly label: string;
  readonly href: string;
  readonly acl: string;
  readonly sortOrder: number;
  done(visit: Visit): Promise<boolean>;
}
export const FirstSteps: ExtensionPoint<FirstStep> = extensionPoint<FirstStep>('admin.FirstSteps');

/** A link at the foot of the menu that leads out of the administration: to documentation, to help. Everybody sees it. */
export interface MenuLink {
  readonly label: string;
  /** An address of this site, or a whole one. */
  readonly href: string;
  readonly icon: IconName;
  readonly sortOrder: number;
}
export const MenuLinks: ExtensionPoint<MenuLink> = extensionPoint<MenuLink>('admin.MenuLinks');
