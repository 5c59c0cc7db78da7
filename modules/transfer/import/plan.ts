import type { ModifiedAttribute } from '../../activity/index.ts';
import type { AddressChange, Attributes, CustomerDraft, CustomerState } from '../../customer/index.ts';
import type { Fault } from '../transfer-error.ts';
import type { Wanted } from './wanted.ts';

/** Something that is set without being an attribute. */
export interface Extras {
  readonly subscribe: boolean | undefined;
  /** To be locked out, or to be let in again; undefined leaves it. */
  readonly active: boolean | undefined;
  /** A hash to be written. */
  readonly passwordHash: string | undefined;
}

/** What is to be done with a record: decided before anything is written, and shown as it is by a dry run. */
export type Plan =
  | {
      readonly kind: 'create';
      readonly wanted: Wanted;
      readonly draft: CustomerDraft;
      readonly addresses: readonly AddressChange[];
      readonly extras: Extras;
      readonly modified: readonly ModifiedAttribute[];
    }
  | {
      readonly kind: 'update';
      readonly wanted: Wanted;
      readonly current: CustomerState;
      readonly attributes: Attributes;
      readonly addresses: readonly AddressChange[];
      readonly extras: Extras;
      readonly modified: readonly ModifiedAttribute[];
    }
  | { readonly kind: 'unchanged'; readonly wanted: Wanted }
  | { readonly kind: 'skipped'; readonly wanted: Wanted; readonly reason: string }
  | { readonly kind: 'failed'; readonly line: number; readonly faults: readonly Fault[] };
