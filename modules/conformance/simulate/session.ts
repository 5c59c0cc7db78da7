import { ERROR } from '../suite/urn.ts';
import { Counter } from './figures.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { type Headers, type Reply, Wire } from './wire.ts';

/** Something that would have stopped the identity provider. */
export interface Fault {
  /** What it was doing, such as `create user 3`. */
  readonly step: string;
  readonly problem: string;
  /** The last request and its answer. */
  readonly request: string;
  readonly status: number;
  readonly found: string;
}

const longest = 500;

/** A conversation of one identity provider with a service provider. */
export class Session {
  readonly idp: IdentityProvider;
  readonly faults: Fault[] = [];
  readonly counter = new Counter();
  private readonly wire: Wire;
  private readonly token: string;
  private step = '';
  private last = { request: '', status: 0, found: '' };

  constructor(idp: IdentityProvider, base: string, token: string) {
    this.idp = idp;
    this.wire = new Wire(base);
    this.token = token;
  }

  /** Carries out a step under a name. What it throws is a fault as well: the network failed. */
  async during(step: string, work: () => Promise<void>): Promise<void> {
    this.step = step;
    await work().catch((error: Error) => this.fault(error.message));
  }

  /** One request in the identity provider's spelling, and what is wrong with any answer, whatever was asked. */
  async send(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<Reply> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const all = {
      Authorization: `Bearer ${this.token}`,
      ...this.idp.headers,
      ...(payload === undefined ? {} : { 'Content-Type': this.idp.contentType }),
      ...headers,
    };
    this.last = { request: `${method} ${path}${payload ? ` ${payload}` : ''}`.slice(0, longest), status: 0, found: '' };
    const started = performance.now();
    const reply = await this.wire.send(method, path, all, payload);
    this.counter.count(method, performance.now() - started);
    this.last = { ...this.last, status: reply.status, found: reply.text.slice(0, longest) };
    this.judge(reply);
    return reply;
  }

  /** Whether the answer has one of these statuses; a fault otherwise. */
  answered(reply: Reply, ...wanted: readonly number[]): boolean {
    if (wanted.includes(reply.status)) return true;
    // A 5xx has been told of already.
    if (reply.status < 500) this.fault(`${wanted.join(' or ')} was expected`);
    return false;
  }

  /** Whether something holds; a fault otherwise. */
  holds(condition: boolean, otherwise: string): boolean {
    if (!condition) this.fault(otherwise);
    return condition;
  }

  fault(problem: string): void {
    this.faults.push({ step: this.step, problem, ...this.last });
  }

  close(): void {
    this.wire.close();
  }

  private judge({ status, text, headers, schemas }: Reply): void {
    if (status >= 500) this.fault('the service provider failed');
    if (text === '') return;
    const type = String(headers['content-type']).split(';')[0];
    if (this.idp.accepts && !this.idp.accepts.includes(String(type)))
      this.fault(`Content-Type ${this.idp.accepts.join(' or ')} was expected`);
    if (status >= 400 && !schemas.includes(ERROR)) this.fault(`the body of an error must have the schema ${ERROR}`);
  }
}
