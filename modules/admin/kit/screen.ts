import type { ComponentChildren } from 'preact';
import type { Download, Redirect } from './visit.ts';

/** What a page shows; menu, tabs and messages are put around it. */
export interface Screen {
  readonly kind: 'screen';
  /** The heading, and the first words of the window's title. */
  readonly title: string;
  readonly body: ComponentChildren;
  /** 200 unless said; 422 for a form with errors. */
  readonly status?: number;
  /** A sentence below the heading. */
  readonly lead?: ComponentChildren;
  /** Buttons beside the heading. */
  readonly actions?: ComponentChildren;
  /** Where one comes from, shown above the heading. */
  readonly back?: { readonly href: string; readonly label: string };
  /** `alone`: without menu, as the login; `guest`: as wide as other pages, for people without an account. */
  readonly layout?: 'alone' | 'guest';
  /** The page's address holds a secret: browsers tell it to nobody. Such a page has no forms, they would be refused. */
  readonly secretAddress?: boolean;
  /** The browser gets this session. */
  readonly session?: { readonly secret: string; readonly seconds: number };
}

export const screen = (parts: Omit<Screen, 'kind'>): Screen => ({ kind: 'screen', ...parts });

/** What a page answers. */
export type Answer = Screen | Redirect | Download;
