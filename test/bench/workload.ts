import type { Call, Client } from './client.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const users = '/scim/v2/Users';

/** A user as Entra or Okta create them: three of its attributes become EAV values. */
const user = (name: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
  externalId: `ext-${name}`,
  userName: `${name}@bench.example`,
  name: { givenName: 'Bench', familyName: 'Mark' },
  emails: [{ value: `${name}@bench.example`, type: 'work', primary: true }],
  title: 'Tester',
  active: true,
  [enterprise]: { employeeNumber: '4711', department: 'Research' },
});

const byUserName = (name: string): string =>
  `${users}?filter=${encodeURIComponent(`userName eq "${name}@bench.example"`)}`;

const rename = (familyName: string) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'name.familyName', value: familyName }],
});

async function expect(client: Client, call: Call, status: number): Promise<string> {
  const answer = await client.send(call);
  if (answer.status !== status)
    throw new Error(`${call.method} ${call.path} answered ${answer.status} instead of ${status}: ${answer.body}`);
  return answer.body;
}

export const kinds = ['create', 'read', 'filter', 'patch'] as const;
export type Kind = (typeof kinds)[number];

/** The jobs of one chunk. `created` is filled by `create` and read by the others. */
export function jobsOf(kind: Kind, client: Client, names: readonly string[], created: Map<string, string>) {
  return names.map((name, index) => async () => {
    const id = created.get(name) ?? '';
    switch (kind) {
      case 'create': {
        await expect(client, { method: 'GET', path: byUserName(name) }, 200);
        const body = await expect(client, { method: 'POST', path: users, body: user(name) }, 201);
        created.set(name, (JSON.parse(body) as { id: string }).id);
        return;
      }
      case 'read':
        await expect(client, { method: 'GET', path: `${users}/${id}` }, 200);
        return;
      case 'filter': {
        const body = await expect(client, { method: 'GET', path: byUserName(name) }, 200);
        if (!body.includes(`"id":"${id}"`)) throw new Error(`the filter for ${name} did not find ${id}: ${body}`);
        return;
      }
      case 'patch':
        await expect(
          client,
          { method: 'PATCH', path: `${users}/${id}`, body: rename(`Renamed${index}x${Date.now()}`) },
          200,
        );
    }
  });
}
