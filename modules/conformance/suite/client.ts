import { randomBytes } from 'node:crypto';
import type { Answer } from './answer.ts';
import { Unmet } from './expect.ts';
import { type Sending, send, type Target } from './http.ts';
import { type Body, type Json, listOf } from './json.ts';
import type { Provider } from './provider.ts';
import { Traces } from './traces.ts';
import { GROUP, PATCH_OP, USER } from './urn.ts';

/** Speaks to a service provider for the checks, and remembers what was made there, so that it can be deleted. */
export class Client {
  readonly target: Target;
  readonly provider: Provider;
  /** What was sent and found since the current check began. */
  readonly exchanges: Answer[] = [];
  private readonly traces = new Traces();
  private readonly kept = new Map<string, Promise<unknown>>();
  private readonly run = `vc${randomBytes(4).toString('hex')}`;
  private next = 1;

  constructor(target: Target, provider: Provider) {
    this.target = target;
    this.provider = provider;
  }

  /** Text that stands in every name this run makes, so that filters find its own resources and no others. */
  get mark(): string {
    return this.run;
  }

  /** A name that nobody has. */
  name(prefix = ''): string {
    return `${prefix}${this.run}-${this.next++}`;
  }

  async send(method: string, path: string, sending: Sending = {}): Promise<Answer> {
    const answer = await send(this.target, method, path, sending);
    this.exchanges.push(answer);
    this.traces.follow(method, path, answer);
    return answer;
  }

  get(path: string, headers: Sending['headers'] = {}): Promise<Answer> {
    return this.send('GET', path, { headers });
  }
  post(path: string, body: unknown, headers: Sending['headers'] = {}): Promise<Answer> {
    return this.send('POST', path, { body, headers });
  }
  put(path: string, body: unknown, headers: Sending['headers'] = {}): Promise<Answer> {
    return this.send('PUT', path, { body, headers });
  }
  delete(path: string, headers: Sending['headers'] = {}): Promise<Answer> {
    return this.send('DELETE', path, { headers });
  }
  /** PATCH with these operations. */
  patch(path: string, ...operations: readonly Body[]): Promise<Answer> {
    return this.send('PATCH', path, { body: { schemas: [PATCH_OP], Operations: operations } });
  }
  /** GET <path>?filter=… */
  find(path: string, filter: string, more = ''): Promise<Answer> {
    return this.get(`${path}?filter=${encodeURIComponent(filter)}${more}`);
  }

  /** A user as it could be created: with a name, a work e-mail that is its userName, and what is given. */
  newUser(given: Body = {}): Body {
    const mail = `${this.name()}@example.com`;
    return {
      schemas: [USER],
      userName: mail,
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      emails: [{ value: mail, type: 'work', primary: true }],
      active: true,
      ...given,
    };
  }

  newGroup(given: Body = {}): Body {
    return { schemas: [GROUP], displayName: this.name('Group '), ...given };
  }

  /** Creates a user that the check needs; what is not judged must work. */
  async user(given: Body = {}): Promise<Json> {
    return made(await this.post('/Users', this.newUser(given)));
  }

  async group(given: Body = {}): Promise<Json> {
    return made(await this.post('/Groups', this.newGroup(given)));
  }

  /** The resource as it is now. */
  async read(path: string): Promise<Json> {
    const answer = await this.get(path);
    if (answer.status !== 200) throw new Unmet(`${answer.request} was needed and answered ${answer.status}`);
    return answer.json;
  }

  /** Made by the first check that asks for it and shared with the others, which leave it as it is. */
  shared<T>(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key) as Promise<T> | undefined;
    if (known) return known;
    const making = make();
    this.kept.set(key, making);
    return making;
  }

  /** Deletes what is left of what was made, groups before their members. Answers the paths that would not go. */
  cleanUp(): Promise<readonly string[]> {
    return this.traces.erase((path) => send(this.target, 'DELETE', path));
  }
}

function made(answer: Answer): Json {
  if (answer.status === 201 && answer.json.id !== undefined) return answer.json;
  const reason = listOf([answer.json.detail]).map(String)[0] ?? '';
  throw new Unmet(`${answer.request} was needed and answered ${answer.status} ${reason}`);
}
