import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy to a server, which cuts connections when a packet from the client holds a text. */
export interface CuttingProxy {
  readonly port: number;
  /** Client packets that hold this text cut their connection: before the server sees them, or after it has answered. */
  cut: { readonly text: string; readonly when: 'before' | 'answered'; times: number } | undefined;
  close(): Promise<void>;
}

export async function startProxy(target: number): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    let answering = false;
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on('data', (packet) => {
      const { cut } = proxy;
      if (cut !== undefined && cut.times > 0 && packet.includes(cut.text)) {
        cut.times--;
        if (cut.when === 'before') return end();
        answering = true;
      }
      upstream.write(packet);
      return undefined;
    });
    upstream.on('data', (packet) => {
      if (answering) end();
      else client.write(packet);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const proxy: CuttingProxy = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cut: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
  return proxy;
}
