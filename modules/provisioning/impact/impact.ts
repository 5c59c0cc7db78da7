import type { ConnectionMapping, MappedValue } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import { type ServiceToken, service } from '../../framework/index.ts';

/** A customer that a mapping would change, or can't be applied to. */
export interface ImpactedCustomer {
  readonly kind: 'customer';
  readonly customerId: number;
  /** SCIM id. */
  readonly id: string;
  readonly userName: string;
  readonly outcome: 'changes' | 'fails';
  readonly changes: readonly { readonly target: string; readonly before: MappedValue; readonly after: MappedValue }[];
  /** Why it fails, and what to do about it. */
  readonly message?: string;
  readonly cure?: string;
}

export interface ImpactProgress {
  readonly kind: 'progress';
  readonly done: number;
  readonly total: number;
}

export interface ImpactSummary {
  readonly kind: 'summary';
  readonly version: number;
  /** Linked customers that were looked at. */
  readonly total: number;
  readonly changes: number;
  readonly same: number;
  readonly fails: number;
  /** Customers that would lose, or get back, the right to log in: part of `changes`. */
  readonly deactivated: number;
  readonly activated: number;
  /** Per target, the customers in which it would change. */
  readonly targets: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}

export type ImpactEvent = ImpactedCustomer | ImpactProgress | ImpactSummary;

/** What a mapping would change in the customers that a connection manages, from what their provider last sent of them. */
export interface MappingImpact {
  /**
   * Goes through all of them, oldest id first, in memory that does not grow with them, but for some 30 bytes for each whose
   * e-mail address would change; the summary comes last. Writes nothing: every customer that would change is written on trial
   * (types, lengths, unique keys), as it is once those before it were. `countTo`: the total that progress tells is counted no further.
   */
  run(connection: Connection, mapping?: ConnectionMapping, options?: { countTo?: number }): AsyncGenerator<ImpactEvent>;
}
export const MappingImpact: ServiceToken<MappingImpact> = service<MappingImpact>('provisioning.MappingImpact');
