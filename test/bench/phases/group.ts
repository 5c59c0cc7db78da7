import { type Driven, expect, newest, type Phase, scimGroups } from '../phase.ts';

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

export const group: Phase = {
  name: 'group',
  describe: 'PATCH that adds 100 members to a group of 100 to 500',
  stage: 'young',
  wanted: 3,
  share: 1 / 30,
  chunk: 5,
  async prepare(target, { name }) {
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: `Group ${name}` };
    const made = await expect(target.client, { method: 'POST', path: scimGroups, body }, 201);
    const { id } = JSON.parse(made) as { id: string };
    filling.set(target, { id, next: filling.get(target)?.next ?? 0 });
    await add(target);
  },
  jobs: (target, { requests }) => Array.from({ length: requests }, () => () => add(target)),
};
