import type { Answered, Asked, Spoil } from '../broken-provider.ts';

/** Something that service providers do wrong, and the requirements that must notice. */
export interface Fault {
  readonly name: string;
  /** The areas that are tried. */
  readonly areas: readonly string[];
  readonly breaks: readonly string[];
  readonly spoil: Spoil;
}

export type Json = Record<string, unknown>;

/** The body as JSON; an empty object where it is none. */
export function parsed(body: string): Json {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Json) : {};
  } catch {
    return {};
  }
}

export const listIn = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** The answer with another body. */
export const withBody = (answered: Answered, body: unknown): Answered => ({ ...answered, body: JSON.stringify(body) });

/** Changes answers that a condition holds for. */
export const answers =
  (
    when: (asked: Asked, answered: Answered) => boolean,
    change: (answered: Answered, asked: Asked) => Answered,
  ): Spoil =>
  async (asked, forward) => {
    const answered = await forward(asked);
    return when(asked, answered) ? change(answered, asked) : answered;
  };

/** Changes the JSON of the answers that a condition holds for. */
export const bodies = (
  when: (asked: Asked, answered: Answered) => boolean,
  change: (json: Json, asked: Asked) => unknown,
): Spoil => answers(when, (answered, asked) => withBody(answered, change(parsed(answered.body), asked)));

/** Changes requests before they are carried out. */
export const requests =
  (change: (asked: Asked) => Asked): Spoil =>
  (asked, forward) =>
    forward(change(asked));

/** Leaves parameters out of the query. */
export const without = (...names: readonly string[]): Spoil =>
  requests((asked) => {
    const query = new URLSearchParams(asked.query);
    for (const name of names) query.delete(name);
    return { ...asked, query };
  });

/** Rewrites the filter in the query. */
export const filters = (rewrite: (filter: string) => string): Spoil =>
  requests((asked) => {
    const query = new URLSearchParams(asked.query);
    const filter = query.get('filter');
    if (filter !== null) query.set('filter', rewrite(filter));
    return { ...asked, query };
  });

/** Rewrites the operations of PATCH requests. */
export const operations = (rewrite: (operation: Json) => Json): Spoil =>
  requests((asked) => {
    const message = parsed(asked.body);
    if (asked.method !== 'PATCH' || !Array.isArray(message.Operations)) return asked;
    return { ...asked, body: JSON.stringify({ ...message, Operations: listIn(message.Operations).map(rewrite) }) };
  });

/** Leaves a header out of requests. */
export const withoutHeader = (name: string): Spoil =>
  requests((asked) => ({
    ...asked,
    headers: Object.fromEntries(Object.entries(asked.headers).filter(([one]) => one !== name)),
  }));

export const isList = (_: Asked, { body }: Answered): boolean => body.includes('messages:2.0:ListResponse');
export const posts =
  (path: string) =>
  ({ method, path: asked }: Asked, { status }: Answered): boolean =>
    method === 'POST' && asked === path && status === 201;
export const reads =
  (start: string) =>
  ({ method, path }: Asked, { status }: Answered): boolean =>
    method === 'GET' && path.startsWith(start) && status === 200;
