import type { PluginDescription } from '../boot/describe-plugins.ts';
import type { Inventory, Override } from '../boot/inventory.ts';
import type { Database } from '../database/executor.ts';
import type { Environment } from '../environment/environment.ts';
import type { Logger } from '../log/logger.ts';
import type { ModuleManifest } from '../module/manifest.ts';
import type { Dependencies, Token } from '../module/token.ts';
import type { Told } from './first-start.ts';

export interface HostOptions {
  /** In any order; the framework's own module is added. */
  readonly modules: readonly ModuleManifest[];
  readonly environment: Environment;
  /** Without one, what the environment asks for, on stdout. */
  readonly logger?: Logger;
  /** An open database, which stays open when the host stops; without one the host connects and disconnects. */
  readonly database?: Database;
  /** Services replaced by these values. */
  readonly override?: readonly Override[];
  /** Runs outstanding migrations before any service but the database is created. */
  readonly migrate?: boolean;
  /** Creates only what these need; for commands. Everything otherwise. */
  readonly only?: readonly Token<unknown>[];
}

/** A booted set of modules. */
export interface Host {
  /** What was declared, modules in their order. */
  readonly inventory: Inventory;
  /** Asks for anything that the boot created. */
  resolve<T>(token: Token<T>): T;
  resolveAll(dependencies: Dependencies): Record<string, unknown>;
  /** The boot as a tree for people. */
  tree(): string;
  /** The plugins of all services, or of one (`UserMapping`, `UserMapping.toCustomer`), in the order of their effect. */
  describePlugins(service?: string | Token<unknown>): readonly PluginDescription[];
  /**
   * Takes the port, runs the start hooks and what is left of the first-start hooks, then answers requests.
   *
   * @throws ListenError when the port cannot be had: no hook has run then. The host is stopped after any error.
   */
  listen(): Promise<Started>;
  /** Finishes requests and jobs under way (8 s at most), runs the stop hooks in reverse order, disconnects. Safe to repeat. */
  stop(): Promise<void>;
}

export interface Started {
  /** Where it listens, with the real port. Not for links: those come from the environment's `baseUrl`. */
  readonly url: string;
  /** What first-start hooks said; empty on every later start. Holds secrets. */
  readonly told: readonly Told[];
}
