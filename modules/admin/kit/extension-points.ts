import type { ComponentChildren } from 'preact';
import { type Executor, type ExtensionPoint, extensionPoint } from '../../framework/index.ts';
import type { Visit } from './visit.ts';

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
