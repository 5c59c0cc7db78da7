import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { userSchema } from '../../modules/scim/index.ts';

/** What a client was told is so. */
export interface Acknowledged {
  readonly id: string;
  readonly userName: string;
  familyName: string;
}

/** Clients on several servers, as a load balancer would spread them. */
export interface Load {
  /** One client's work: users made, renamed twice, put into the group, read. Adds what was acknowledged. */
  client(name: string, users: number): Promise<void>;
  readonly acknowledged: readonly Acknowledged[];
  /** Everything that contradicts "what was accepted is answered, and what was refused was not done". */
  readonly problems: readonly string[];
  /** How often a server refused the connection or said 503. */
  refusals(): number;
  /** How many requests were answered. */
  answered(): number;
}

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A request that one server does not take is sent to the next one. */
export function createLoad(urls: () => readonly string[], token: string, groupId: string): Load {
  const acknowledged: Acknowledged[] = [];
  const problems: string[] = [];
  let [turn, refused, answered] = [0, 0, 0];

  async function send(method: string, path: string, body: object | undefined, expected: number): Promise<string> {
    for (let tries = 0; tries < 30; tries++) {
      const all = urls();
      const url = all[turn++ % all.length] ?? '';
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
      try {
        const response = await fetch(`${url}/scim/v2${path}`, {
          method,
          headers,
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const text = await response.text();
        if (response.status !== 503) {
          answered++;
          if (response.status !== expected)
            problems.push(`${method} ${path} was answered with ${response.status} after ${tries} refusals: ${text}`);
          return text;
        }
      } catch {
        // Nobody listens there any more.
      }
      refused++;
      await pause(10);
    }
    throw new Error(`${method} ${path} was refused by every server`);
  }
  const patch = (...operations: object[]) => ({ schemas: [patchSchema], Operations: operations });

  return {
    acknowledged,
    problems,
    refusals: () => refused,
    answered: () => answered,
    async client(name, users) {
      for (let n = 0; n < users; n++) {
        const userName = `${name}-${n}@load.example`;
        const user = { schemas: [userSchema.id], userName, name: { givenName: 'Lo', familyName: 'New' } };
        const made = JSON.parse(await send('POST', '/Users', { ...user, emails: [{ value: userName }] }, 201)) as {
          id: string;
        };
        const entry = { id: made.id, userName, familyName: 'New' };
        acknowledged.push(entry);
        for (const familyName of [`One ${n}`, `Two ${n}`]) {
          const change = patch({ op: 'replace', path: 'name.familyName', value: familyName });
          await send('PATCH', `/Users/${entry.id}`, change, 200);
          entry.familyName = familyName;
        }
        const member = patch({ op: 'add', path: 'members', value: [{ value: entry.id }] });
        await send('PATCH', `/Groups/${groupId}?excludedAttributes=members`, member, 200);
        await send('GET', `/Users/${entry.id}`, undefined, 200);
      }
    },
  };
}

/** A search that the server has begun to read. Answers what sends the rest of it and waits for the status. */
export async function begunSearch(url: string, token: string): Promise<() => Promise<number | undefined>> {
  const body = '{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"count":1}';
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/scim+json',
    'content-length': body.length,
    // The server asks for the body once it has taken the request.
    expect: '100-continue',
  };
  const sent = request(`${url}/scim/v2/Users/.search`, { method: 'POST', headers });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => {}); // Told where it is waited for.
  sent.flushHeaders();
  await once(sent, 'continue');
  return async () => {
    sent.end(body);
    const [answer] = await answered;
    answer.resume();
    return answer.statusCode;
  };
}
