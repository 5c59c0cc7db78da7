import { type Chunk, type Driven, expect, newest, type Phase, scimGroups } from '../phase.ts';

const batch = 100;

/** The group that is being filled, and which of the newest people come next: each group has others. */
interface Filling {
  readonly id: string;
  next: number;
}
const filling = new WeakMap<Driven, Filling>();

const addMembers = (target: Driven, first: number) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [
    {
      op: 'add',
      path: 'members',
      value: Array.from({ length: batch }, (_, i) => ({ value: newest(target, first + i).id })),
    },
  ],
});

/** Adds the next hundred people. A group that large may be answered with 204 (RFC 7644 §3.5.2). */
async function add(target: Driven): Promise<void> {
  const group = filling.get(target);
  if (group === undefined) throw new Error(`${target.name} has no group to fill`);
  const body = addMembers(target, group.next);
  group.next += batch;
  await expect(target.client, { method: 'PATCH', path: `${scimGroups}/${group.id}`, body }, 200, 204);
}

/** Fills groups of these names by hundreds; a chunk fills one of its own. */
const fills = (nameOf: (chunk: Chunk) => string): Pick<Phase, 'stage' | 'share' | 'chunk' | 'prepare' | 'jobs'> => ({
  stage: 'young',
  share: 1 / 30,
  chunk: 5,
  async prepare(target, chunk) {
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: nameOf(chunk) };
    const made = await expect(target.client, { method: 'POST', path: scimGroups, body }, 201);
    const { id } = JSON.parse(made) as { id: string };
    filling.set(target, { id, next: filling.get(target)?.next ?? 0 });
    await add(target);
  },
  jobs: (target, { requests }) => Array.from({ length: requests }, () => () => add(target)),
});

export const group: Phase = {
  name: 'group',
  describe: 'PATCH that adds 100 members to a group of 100 to 500',
  wanted: 3,
  ...fills(({ name }) => `Group ${name}`),
};

/** Customer groups that the store has before anybody measures: a group of such a name stands for it. */
export const mappedGroups: readonly string[] = Array.from({ length: 600 }, (_, i) => `Mapped ${i}`);

const unused = mappedGroups.values();

function nextMapped(): string {
  const next = unused.next();
  if (next.done) throw new Error('There are no more customer groups to fill; have more of them made.');
  return next.value;
}

export const moving: Phase = {
  name: 'moving',
  describe: 'the same where the group stands for a customer group: the store moves the customers, too',
  ...fills(nextMapped),
};
