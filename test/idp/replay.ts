import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { at, fault } from './check.ts';

export interface Step {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: unknown;
  readonly rawBody?: string;
  readonly expect: {
    readonly status?: readonly number[];
    readonly json?: Readonly<Record<string, unknown>>;
    readonly headers?: Readonly<Record<string, unknown>>;
  };
  readonly save?: Readonly<Record<string, string>>;
}

/** Requests as an identity provider sends them, and what it needs of the answers. */
export interface Trace {
  readonly idp: string;
  readonly scenario: string;
  readonly steps: readonly Step[];
}

type Variables = Record<string, string>;

/** Puts variables in: `${rand}` is new for each run, others were saved from earlier answers. */
function fill<T>(value: T, variables: Variables): T {
  if (typeof value === 'string')
    return value.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      const known = variables[name];
      if (known === undefined) throw new Error(`nothing was saved as "${name}"`);
      return known;
    }) as T;
  if (Array.isArray(value)) return value.map((element) => fill(element as unknown, variables)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [fill(key, variables), fill(inner as unknown, variables)]),
  ) as T;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

function send(base: URL, method: string, path: string, headers: Variables, payload: string | undefined) {
  // The path goes out as the provider wrote it; only what can't stand in a request line is escaped.
  const escaped = (base.pathname + path).replace(/[\s"<>`{}|\\^]|[^\x21-\x7e]+/g, encodeURIComponent);
  return new Promise<Answer>((resolve, reject) => {
    const sent = request({ hostname: base.hostname, port: base.port, method, path: escaped, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject);
    sent.end(payload);
  });
}

function headersOf(step: Step, token: string, payload: string | undefined, variables: Variables): Variables {
  const headers: Variables = { accept: 'application/scim+json', authorization: `Bearer ${token}` };
  if (payload !== undefined) {
    headers['content-type'] = 'application/scim+json';
    headers['content-length'] = String(Buffer.byteLength(payload));
  }
  for (const [name, value] of Object.entries(step.headers ?? {})) {
    if (value === null) delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = fill(value, variables);
  }
  return headers;
}

/** Replays one step and answers everything that is wrong with the answer. */
async function replayStep(step: Step, base: URL, token: string, variables: Variables): Promise<string[]> {
  const payload =
    step.rawBody !== undefined
      ? fill(step.rawBody, variables)
      : step.body === undefined
        ? undefined
        : JSON.stringify(fill(step.body, variables));
  const path = fill(step.path, variables);
  const answer = await send(base, step.method, path, headersOf(step, token, payload, variables), payload);
  const faults: string[] = [];
  const { status, json = {}, headers = {} } = step.expect;
  if (status && !status.includes(answer.status))
    faults.push(`status: expected ${status.join(' or ')}, found ${answer.status}`);
  for (const [name, check] of Object.entries(headers)) {
    const wrong = fault(answer.headers[name.toLowerCase()], fill(check, variables));
    if (wrong) faults.push(`header ${name}: ${wrong}`);
  }
  if (answer.status === 204) return faults;
  const document: unknown = answer.text === '' ? undefined : JSON.parse(answer.text);
  for (const [pointer, check] of Object.entries(json)) {
    const wrong = fault(at(document, fill(pointer, variables)), fill(check, variables));
    if (wrong) faults.push(`${pointer}: ${wrong}`);
  }
  for (const [name, pointer] of Object.entries(step.save ?? {})) {
    const value = at(document, pointer);
    if (value === undefined || value === null) faults.push(`nothing at ${pointer} to save as ${name}`);
    else variables[name] = String(value);
  }
  return faults.length > 0 ? [...faults, `${step.method} ${path} answered: ${answer.text.slice(0, 500)}`] : [];
}

/** Replays a trace; throws at the first step that the identity provider would not be content with. */
export async function replay(trace: Trace, baseUrl: string, token: string): Promise<void> {
  const variables: Variables = { rand: randomBytes(5).toString('hex'), token, base: baseUrl };
  for (const [index, step] of trace.steps.entries()) {
    const faults = await replayStep(step, new URL(baseUrl), token, variables);
    if (faults.length > 0) throw new Error(`step ${index + 1} (${step.name}):\n  ${faults.join('\n  ')}`);
  }
}
