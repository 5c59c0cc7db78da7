import type { Connection } from 'mysql2';

/** What is used of a mysql2 command: it is called without a packet to send itself, then with each packet of its answer. */
interface Command {
  /** True once the answer is complete. */
  execute(packet: unknown, connection: Internals): boolean;
  onResult?: (error: Error) => void;
}

/** What is used of a mysql2 connection beyond its types. */
interface Internals {
  addCommand(command: Command): Command;
  sequenceId: number;
  write(bytes: Buffer): void;
}

/**
 * Several commands as one: all are sent in one write, and the answers are handed out in order. The protocol allows it,
 * because a server reads one command after the other; mysql2 alone sends a command only after the one before is answered,
 * and on a busy machine those round trips are most of a transaction's cost.
 */
class Pipeline implements Command {
  readonly #commands: readonly Command[];
  #answering = 0;

  constructor(commands: readonly Command[]) {
    this.#commands = commands;
  }

  execute(packet: unknown, connection: Internals): boolean {
    if (packet === undefined) {
      writeAtOnce(connection, () => {
        for (const command of this.#commands) command.execute(undefined, connection);
      });
      // Every answer is numbered anew, beginning after the one packet of its command.
      connection.sequenceId = 1;
      return false;
    }
    if (this.#commands[this.#answering]?.execute(packet, connection)) {
      this.#answering++;
      connection.sequenceId = 1;
    }
    return this.#answering >= this.#commands.length;
  }

  /** mysql2 tells a command of a lost connection this way; all that are not answered are lost. */
  onResult = (error: Error): void => {
    for (const command of this.#commands.slice(this.#answering)) command.onResult?.(error);
  };
}

/** Joins what is written meanwhile: a vectored write of many pieces costs the kernel more than copying them together. */
function writeAtOnce(connection: Internals, work: () => void): void {
  const { write } = connection;
  const pieces: Buffer[] = [];
  connection.write = (bytes) => {
    pieces.push(bytes);
  };
  try {
    work();
  } finally {
    connection.write = write;
  }
  if (pieces.length > 0) connection.write(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces));
}

/** Sends the commands that `add` adds to the connection in one write. */
export function together(raw: Connection, add: () => void): void {
  const connection = raw as unknown as Internals;
  const commands: Command[] = [];
  const { addCommand } = connection;
  connection.addCommand = (command) => {
    commands.push(command);
    return command;
  };
  try {
    add();
  } finally {
    connection.addCommand = addCommand;
  }
  addCommand.call(connection, new Pipeline(commands));
}
