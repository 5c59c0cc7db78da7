import { userInfo } from 'node:os';

/** Who runs a command, as the record names it: `deploy (command line)`. In containers a user may have no name. */
export function operator(): string {
  try {
    return `${userInfo().username} (command line)`;
  } catch {
    return 'command line';
  }
}
