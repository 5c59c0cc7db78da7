import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Listening, Told } from './messages.ts';

/** An identity provider that runs in a process of its own, on loopback. */
export interface IdpProcess {
  readonly port: number;
  readonly metadata: string;
  /** Makes a service provider known to it. */
  know(metadata: string): Promise<void>;
  stop(): Promise<void>;
}

async function hear<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the identity provider ended with ${code}`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message as T;
}

export async function startIdp(): Promise<IdpProcess> {
  const program = fileURLToPath(new URL('./process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const { port, metadata } = await hear<Listening>(child);
  return {
    port,
    metadata,
    async know(text) {
      child.send({ kind: 'service-provider', metadata: text } satisfies Told);
      await hear(child);
    },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
