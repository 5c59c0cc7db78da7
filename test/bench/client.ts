import { Agent, request } from 'node:http';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A keep-alive client of one server. Its own CPU is not measured. */
export function createClient(baseUrl: string, token: string, inFlight: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const { hostname, port, pathname } = new URL(baseUrl);
  const prefix = pathname === '/' ? '' : pathname;

  const send = ({ method, path, body }: Call): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const sent = request(
        {
          agent,
          hostname,
          port,
          method,
          path: prefix + path,
          headers: {
            authorization: `Bearer ${token}`,
            accept: 'application/scim+json',
            ...(payload === undefined
              ? {}
              : { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(payload) }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(payload);
    });

  return {
    send,
    /** Runs every job, `inFlight` at a time; a job is a sequence of calls. */
    async run(jobs: readonly (() => Promise<void>)[]): Promise<void> {
      let next = 0;
      const worker = async () => {
        for (let job = jobs[next++]; job; job = jobs[next++]) await job();
      };
      await Promise.all(Array.from({ length: inFlight }, worker));
    },
    close: () => agent.destroy(),
  };
}

export type Client = ReturnType<typeof createClient>;
