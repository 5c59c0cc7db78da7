import type { Environment } from '../environment/environment.ts';
import type { Host } from '../host/host.ts';
import type { Installation } from '../host/installation.ts';
import type { Token } from '../module/token.ts';

/** What the kernel's own commands work with. Each asks only for what it needs: some must work where a boot fails. */
export interface CliContext {
  readonly installation: Installation;
  environment(): Environment;
  /** Boots the enabled modules with only what these tokens need, or everything. Stopped when the command is done. */
  boot(only?: readonly Token<unknown>[]): Promise<Host>;
}

/** A command was used in a way that makes no sense: exit code 2 instead of 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';
}

/** A command cannot do what it was asked to. The message says why and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code = 'COMMAND_REFUSED';
}
