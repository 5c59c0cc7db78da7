import type { Client } from '../client.ts';
import { expect, scimUsers } from '../phase.ts';

/** A server whose database holds many customers, and what is needed to ask it. */
export interface Store {
  readonly client: Client;
  readonly customers: number;
  /** SCIM id of the first seeded user; the others' follow without a gap. */
  readonly firstId: number;
  /** A group that all of them are members of; undefined where groups are not served. */
  readonly groupId: string | undefined;
  /** SCIM ids of users that were created one by one after the seeding. */
  readonly late: string[];
  /** A cursor each near the beginning, in the middle and near the end; none where the server gives none. */
  readonly cursors: ReadonlyMap<Depth, string>;
}

export const depths = ['1 %', '50 %', '99 %'] as const;
export type Depth = (typeof depths)[number];

export const pageSize = 100;

interface Page {
  readonly nextCursor?: string;
  readonly Resources: readonly { readonly id: string }[];
}

/** One page by cursor. */
export async function cursorPage(client: Client, cursor: string): Promise<Page> {
  const path = `${scimUsers}?cursor=${encodeURIComponent(cursor)}&count=${pageSize}`;
  return JSON.parse(await expect(client, { method: 'GET', path }, 200)) as Page;
}

/** Walks over all users and keeps the cursors on the way. @throws Error when somebody is missing or comes twice */
export async function walk(client: Client, users: number): Promise<ReadonlyMap<Depth, string>> {
  const cursors = new Map<Depth, string>();
  const pages = Math.ceil(users / pageSize);
  // Each leaves a full page with another one after it, so that the pages of all sizes compare.
  const wanted = new Map<number, Depth>();
  for (const depth of depths) {
    const before = Math.round((pages * Number.parseInt(depth, 10)) / 100);
    wanted.set(Math.min(Math.max(before, 1), pages - 2), depth);
  }
  let [cursor, seen, last] = ['', 0, 0];
  for (let page = 0; ; page++) {
    const depth = wanted.get(page);
    if (depth !== undefined) cursors.set(depth, cursor);
    const { nextCursor, Resources } = await cursorPage(client, cursor);
    for (const { id } of Resources) {
      if (Number(id) <= last) throw new Error(`the walk by cursor met ${id} after ${last}`);
      last = Number(id);
    }
    seen += Resources.length;
    if (nextCursor === undefined) break;
    cursor = nextCursor;
  }
  if (seen !== users) throw new Error(`the walk by cursor met ${seen} users; ${users} are there`);
  return cursors;
}
