import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** A loopback port below those that systems give to connections: until the server that is to have it starts, nobody takes it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
