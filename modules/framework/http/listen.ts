import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly code: 'PORT_TAKEN' | 'PORT_FORBIDDEN' | 'HOST_UNKNOWN' | 'LISTEN_FAILED';

  constructor(code: ListenError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface Listening {
  readonly server: Server;
  readonly port: number;
  /** Accepts nothing new and waits for what is under way, at most `graceMs`; then connections are cut. */
  close(graceMs: number): Promise<void>;
}

/** Starts to listen. @throws ListenError that says what to do in one line */
export function listen(listener: RequestListener, host: string, port: number): Promise<Listening> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, listener);

  async function close(graceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    // A connection whose request ends now becomes idle only after close() looked for idle ones.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);
  }

  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(listenError(cause, host, port)));
    server.listen(port, host, () => resolve({ port: (server.address() as AddressInfo).port, server, close }));
  });
}

function listenError(cause: NodeJS.ErrnoException, host: string, port: number): ListenError {
  const failed = (code: ListenError['code'], message: string) => new ListenError(code, message, { cause });
  switch (cause.code) {
    case 'EADDRINUSE':
      return failed('PORT_TAKEN', `Port ${port} on ${host} is taken. Stop what listens there, or set PORT.`);
    case 'EACCES':
      return failed('PORT_FORBIDDEN', `This user may not listen on port ${port}. Set PORT to one above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return failed('HOST_UNKNOWN', `${host} is no address of this machine. Set HOST.`);
    default:
      return failed('LISTEN_FAILED', `Cannot listen on ${host}:${port}: ${cause.message}`);
  }
}
