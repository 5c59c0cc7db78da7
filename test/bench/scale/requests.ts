import { expect, scimGroups, scimUsers } from '../phase.ts';
import { rename, user } from '../phases/user.ts';
import { seededName } from '../seed/name.ts';
import { cursorPage, depths, pageSize, type Store } from './store.ts';

/** A request whose cost must not depend on how many customers there are. */
export interface Question {
  readonly name: string;
  /** Asks it for the n-th time, of another user each time. @throws Error when the answer is not the right one */
  ask(store: Store, nth: number): Promise<unknown>;
  /** False where the server does not serve it. */
  isServed?(store: Store): boolean;
}

/** Somebody in the middle of the store. */
const somebody = ({ customers }: Store, nth: number): number => Math.floor(customers / 2) + nth;

function by(name: string, filterFor: (store: Store, index: number) => string): Question {
  return {
    name,
    async ask(store, nth) {
      const index = somebody(store, nth);
      const path = `${scimUsers}?filter=${encodeURIComponent(filterFor(store, index))}`;
      const body = await expect(store.client, { method: 'GET', path }, 200);
      const found = JSON.parse(body) as { totalResults: number; Resources: { id: string }[] };
      if (found.totalResults !== 1 || found.Resources[0]?.id !== String(store.firstId + index))
        throw new Error(`GET ${path} did not answer user ${store.firstId + index}: ${body.slice(0, 300)}`);
    },
  };
}

const read: Question = {
  name: 'read by id',
  ask: (store, nth) =>
    expect(store.client, { method: 'GET', path: `${scimUsers}/${store.firstId + somebody(store, nth)}` }, 200),
};

export const create: Question = {
  name: 'create',
  async ask({ client, late }, nth) {
    const body = await expect(client, { method: 'POST', path: scimUsers, body: user(`late-${nth}`) }, 201);
    late.push((JSON.parse(body) as { id: string }).id);
  },
};

const patch: Question = {
  name: 'PATCH of a name',
  ask: (store, nth) => {
    const path = `${scimUsers}/${store.firstId + somebody(store, nth)}`;
    return expect(store.client, { method: 'PATCH', path, body: rename(`Renamed ${nth}`) }, 200);
  },
};

const addMember: Question = {
  name: 'add a member to a group of all',
  isServed: ({ groupId }) => groupId !== undefined,
  async ask({ client, groupId, late }, nth) {
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: [{ value: late[nth] }] }],
    };
    await expect(client, { method: 'PATCH', path: `${scimGroups}/${groupId}`, body }, 200, 204);
  },
};

export const firstPage: Question = {
  name: 'first page',
  ask: ({ client }) => expect(client, { method: 'GET', path: `${scimUsers}?startIndex=1&count=${pageSize}` }, 200),
};

const firstCursorPage: Question = {
  name: 'first page by cursor',
  isServed: ({ cursors }) => cursors.size > 0,
  ask: ({ client }) => cursorPage(client, ''),
};

const cursorPages = depths.map(
  (depth): Question => ({
    name: `page by cursor, at ${depth}`,
    isServed: ({ cursors }) => cursors.has(depth),
    async ask({ client, cursors }) {
      const { Resources } = await cursorPage(client, cursors.get(depth) ?? '');
      if (Resources.length !== pageSize) throw new Error(`the page at ${depth} has ${Resources.length} users`);
    },
  }),
);

/** In the order in which they are asked: `add a member` adds those whom `create` has created. */
export const questions: readonly Question[] = [
  read,
  by('filter by id', ({ firstId }, index) => `id eq "${firstId + index}"`),
  by('filter by userName', (_, index) => `userName eq "${seededName(index)}@bench.example"`),
  by('filter by externalId', (_, index) => `externalId eq "ext-${seededName(index)}"`),
  by('filter by e-mail', (_, index) => `emails.value eq "${seededName(index)}@bench.example"`),
  create,
  patch,
  addMember,
  firstPage,
  firstCursorPage,
  ...cursorPages,
];
