import type { Database } from '../../framework/index.ts';
import type { Flash, SignedIn } from '../access/session.ts';

/** A request for a page, without anything of HTTP that a page has no use for. */
export interface Visit {
  /** The path as it was asked for, without its query. */
  readonly path: string;
  /** What stands in the place of `:name` in the page's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The fields of the form that was sent; empty for GET. A field may be there several times. */
  readonly form: URLSearchParams;
  /** Undefined before the login. */
  readonly signedIn: SignedIn | undefined;
  /** Whether a role allows this administrator that resource; pages hide what they may not do. */
  may(resource: string): boolean;
  readonly address: string;
  readonly agent: string;
  /**
   * The database, which for the length of a page remembers what was asked: cards, panels and headings that need the same
   * cost one statement. Where a form is performed it remembers nothing. A page's injected `Database` is the same one.
   */
  readonly database: Database;
  /** What an answer gave this browser to remember under the name. */
  remembered(name: string): string | undefined;
}

/** Kept by a browser for pages to read; no script and no other site can. */
export interface Keepsake {
  /** Lower-case letters, digits, `_` and `-`. */
  readonly name: string;
  readonly value: string;
  readonly seconds: number;
}

/** Goes to another page after something was done (or could not be), which says so at its top. */
export interface Redirect {
  readonly kind: 'redirect';
  readonly to: string;
  readonly flash: Flash | undefined;
  /** The browser gets this session, or its session ends. */
  readonly session?: { readonly secret: string; readonly seconds: number } | 'end';
  readonly theme?: string;
  readonly remember?: Keepsake | undefined;
}

/** `redirect('/admin/users', { done: 'The user was saved.' })`; the address is always one of this site's. */
export function redirect(
  to: `/${string}`,
  told: { readonly done?: string; readonly problem?: string; readonly note?: string } = {},
): Redirect {
  const kind = (['done', 'problem', 'note'] as const).find((name) => told[name] !== undefined);
  return { kind: 'redirect', to, flash: kind && { kind, text: told[kind] ?? '' } };
}

/** A file to keep. Its pieces are sent as they come, so it may be of any length. */
export interface Download {
  readonly kind: 'download';
  /** `customers.csv` */
  readonly name: string;
  /** `text/csv; charset=utf-8` */
  readonly type: string;
  readonly body: string | AsyncIterable<string>;
}

export const download = (name: string, type: string, body: Download['body']): Download => ({
  kind: 'download',
  name,
  type,
  body,
});
