import { type ExtensionPoint, extensionPoint } from '../module/token.ts';

/**
 * Something that a room has put into tables of another system, by which it could be told that this host was there. Rows that
 * the other system's people asked for, such as customers, are not among it: they are what the host was there for.
 */
export interface Trace {
  /** `<room>.<what>`. */
  readonly name: string;
  /** What it is, in the plural, for people: `triggers`. */
  readonly label: string;
  /** The table of the room's own that tells of it. Where that is gone, it was taken out before. */
  readonly recordedIn?: string;
  /** The option of `setup:detach` that leaves it there. */
  readonly keptWith?: 'keep-attributes';
  /** What there is to take out, a line each. Changes nothing. */
  found(): Promise<readonly string[]>;
  /** Takes it out. What must stay stays, and is found again. */
  remove(): Promise<void>;
}

/** Everything that `setup:detach` takes out, before it drops this host's tables; the last module's first. */
export const Traces: ExtensionPoint<Trace> = extensionPoint<Trace>('framework.Traces');
