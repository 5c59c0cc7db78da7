import { type Chunk, type Driven, expect, type Job, newest, type Phase, scimUsers } from '../phase.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A user as Entra or Okta create them: three of its attributes become EAV values. */
export const user = (name: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  externalId: `ext-${name}`,
  userName: `${name}@bench.example`,
  name: { givenName: 'Bench', familyName: 'Mark' },
  emails: [{ value: `${name}@bench.example`, type: 'work', primary: true }],
  title: 'Tester',
  active: true,
  [enterprise]: { employeeNumber: '4711', department: 'Research' },
});

/** The path of the question whether a userName is taken. */
export const byUserName = (name: string): string =>
  `${scimUsers}?filter=${encodeURIComponent(`userName eq "${name}@bench.example"`)}`;

/** The PATCH that gives a user another family name. */
export const rename = (familyName: string) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'name.familyName', value: familyName }],
});

const each = ({ requests }: Chunk, job: (index: number) => Promise<void>): readonly Job[] =>
  Array.from({ length: requests }, (_, index) => () => job(index));

export const create: Phase = {
  name: 'create',
  describe: 'look-up by userName, then POST',
  stage: 'young',
  wanted: 1.9,
  share: 1,
  chunk: 500,
  jobs: (target, chunk) =>
    each(chunk, async (index) => {
      const name = `${chunk.name}-${index}`;
      await expect(target.client, { method: 'GET', path: byUserName(name) }, 200);
      const body = await expect(target.client, { method: 'POST', path: scimUsers, body: user(name) }, 201);
      target.people.push({ name, id: (JSON.parse(body) as { id: string }).id });
    }),
};

export const read: Phase = {
  name: 'read',
  describe: 'GET by id',
  stage: 'young',
  wanted: 1.3,
  share: 1,
  chunk: 500,
  jobs: (target, chunk) =>
    each(chunk, async (index) => {
      const { id } = newest(target, index);
      await expect(target.client, { method: 'GET', path: `${scimUsers}/${id}` }, 200);
    }),
};

async function findByName(target: Driven, index: number): Promise<void> {
  const { name, id } = newest(target, index);
  const body = await expect(target.client, { method: 'GET', path: byUserName(name) }, 200);
  if (!body.includes(`"id":"${id}"`)) throw new Error(`the filter for ${name} did not find ${id}: ${body}`);
}

export const filter: Phase = {
  name: 'filter',
  describe: 'GET by `userName eq`',
  stage: 'young',
  wanted: 1.4,
  share: 1,
  chunk: 500,
  jobs: (target, chunk) => each(chunk, (index) => findByName(target, index)),
};

export const patch: Phase = {
  name: 'patch',
  describe: 'PATCH of the family name',
  stage: 'young',
  wanted: 1.6,
  share: 1,
  chunk: 500,
  jobs: (target, chunk) =>
    each(chunk, async (index) => {
      const { id } = newest(target, index);
      const body = rename(`Renamed ${chunk.name} ${index}`);
      await expect(target.client, { method: 'PATCH', path: `${scimUsers}/${id}`, body }, 200);
    }),
};
