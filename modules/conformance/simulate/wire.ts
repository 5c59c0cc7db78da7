import * as http from 'node:http';
import * as https from 'node:https';
import { type Json, listOf } from '../suite/json.ts';

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** The parsed body; an empty object where there is none. */
  readonly json: Json;
  readonly schemas: readonly string[];
}

export type Headers = Readonly<Record<string, string>>;

/** Sends requests exactly as they are written: `fetch` would add headers of its own and spell URLs its own way. */
export class Wire {
  private readonly base: URL;
  private readonly agent: http.Agent;

  constructor(base: string) {
    this.base = new URL(base);
    this.agent =
      this.base.protocol === 'https:' ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
  }

  send(method: string, path: string, headers: Headers, payload?: string): Promise<Reply> {
    // Only what can't stand in a request line is escaped.
    const written = (this.base.pathname.replace(/\/$/, '') + path).replace(
      /[\s"<>`{}|\\^]|[^\x21-\x7e]+/g,
      encodeURIComponent,
    );
    const { hostname, port, protocol } = this.base;
    const ask = protocol === 'https:' ? https.request : http.request;
    const all = {
      ...headers,
      ...(payload === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(payload)) }),
    };
    return new Promise((resolve, reject) => {
      const options = { hostname, port, method, path: written, headers: all, agent: this.agent, timeout: 60_000 };
      const sent = ask(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve(replyOf(response, Buffer.concat(chunks).toString('utf8'))));
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} was not answered within 60 s`)));
      sent.on('error', reject);
      sent.end(payload);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function replyOf(response: http.IncomingMessage, text: string): Reply {
  let json = {} as Json;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) json = value as Json;
  } catch {
    // What is no JSON is judged by the step that asked.
  }
  const { statusCode = 0, headers } = response;
  return { status: statusCode, headers, text, json, schemas: listOf(json.schemas).map(String) };
}
