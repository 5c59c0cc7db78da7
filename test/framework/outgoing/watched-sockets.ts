import { Socket } from 'node:net';

/** What this process tries to connect to while it is watched, at the socket: nothing that is tried gets through. */
export interface WatchedSockets {
  readonly attempts: string[];
  end(): void;
}

export function watchSockets(): WatchedSockets {
  const attempts: string[] = [];
  const original = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]): Socket {
    this.on('connectionAttempt', (address: string, port: number) => {
      attempts.push(`${address} ${port}`);
      process.nextTick(() => this.destroy(new Error('watched')));
    });
    return Reflect.apply(original, this, given);
  } as typeof original;
  return {
    attempts,
    end() {
      Socket.prototype.connect = original;
    },
  };
}
