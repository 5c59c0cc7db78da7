import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';

/** A server under measurement. */
export interface Target {
  readonly name: string;
  /** Where its SCIM endpoints hang, without `/scim/v2`. */
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Ends a server and waits until it has ended. */
export const stopped = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Starts a script that tells its parent `{ url, token }` once it listens. */
export async function startScript(
  name: string,
  script: string,
  environment: Readonly<Record<string, string>>,
): Promise<Target> {
  const child = fork(script, {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    execArgv: [],
    // What a server prints is not part of the table.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const told = await new Promise<{ url: string; token: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string; token: string }));
    child.once('exit', (code) => reject(new Error(`the server "${name}" ended with ${code} before it listened`)));
  });
  return { name, ...told, pid: child.pid ?? 0, stop: () => stopped(child) };
}
