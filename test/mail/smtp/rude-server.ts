import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a rude server does with a line it is sent; `undefined` hangs. */
export type Reply = (line: string, socket: Socket) => string | undefined;

/** A server that speaks just enough SMTP to misbehave at one point of it. */
export interface RudeServer {
  readonly port: number;
  /** Every line it was sent. */
  readonly lines: string[];
  close(): Promise<void>;
}

/** How a well-behaved server without extensions answers. */
export const politely: Reply = (line) => {
  const [verb = ''] = line.toUpperCase().split(/[ :]/);
  return {
    EHLO: '250 rude',
    HELO: '250 rude',
    MAIL: '250 ok',
    RCPT: '250 ok',
    DATA: '354 go on',
    '.': '250 taken',
    QUIT: '221 bye',
  }[verb];
};

/** Without a greeting it takes the connection and says nothing. */
export async function openRudeServer(reply: Reply, greeting = '220 rude'): Promise<RudeServer> {
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let inData = false;
    let rest = '';
    socket.on('error', () => {});
    if (greeting !== '') socket.write(`${greeting}\r\n`);
    socket.on('data', (piece) => {
      const read = (rest + piece.toString('latin1')).split('\r\n');
      rest = read.pop() ?? '';
      for (const line of read) {
        lines.push(line);
        if (inData && line !== '.') continue;
        const said = reply(line, socket);
        inData = said?.startsWith('354') ?? false;
        if (said !== undefined && !socket.destroyed) socket.write(`${said}\r\n`);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    lines,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
