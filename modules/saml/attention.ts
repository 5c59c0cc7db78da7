import type { Connection } from '../connection/index.ts';
import { type Event, event } from '../framework/index.ts';

/** Something that an administrator has to do before logins fail. Told once for each occasion. */
export interface SamlAttention {
  readonly connection: Connection;
  /** The same for the same occasion, and for no other: at most 100 letters, digits and `:`. */
  readonly occasion: string;
  /** What it is about, in a few words. */
  readonly title: string;
  /** What was found. */
  readonly message: string;
  /** A command that does something about it. */
  readonly cure: string;
}
export const SamlAttention: Event<SamlAttention> = event<SamlAttention>('saml.SamlAttention');
