import type { ComponentChildren } from 'preact';
import { Events, type Executor, type Resolved, type Transaction } from '../../../framework/index.ts';
import { type CustomerState, Customers } from '../../customer.ts';
import { CustomerGroups } from '../../group.ts';
import { Newsletter } from '../../newsletter.ts';
import { Sessions } from '../../session.ts';
import type { Acting } from '../administered.ts';
import type { CustomerOwner } from '../extension-points.ts';

/** What acts are done with. */
export const massServices = {
  customers: Customers,
  sessions: Sessions,
  groups: CustomerGroups,
  newsletter: Newsletter,
  events: Events,
};
export type MassParts = Resolved<typeof massServices>;

/** What is known when an act is done to one of many. */
export interface MassTurn {
  readonly customer: CustomerState;
  readonly owner: CustomerOwner | undefined;
  readonly acting: Acting;
  readonly now: Date;
  /** What the question asked for besides, such as the group. */
  readonly form: URLSearchParams;
}

/** `done`, `same` where there was nothing to be done, or why the customer is left out: "its group is set by Okta". */
export type MassOutcome = 'done' | 'same' | { readonly leftOut: string };

/** Something that is done to picked customers, one after the other, each in a transaction of its own. */
export interface MassAct {
  readonly name: string;
  readonly label: string;
  readonly acl: string;
  readonly sortOrder: number;
  readonly danger?: boolean;
  /** Asks for the password before, unless it was given a few minutes ago. */
  readonly fresh?: boolean;
  /** "Deactivate 3 customers?" without the number: `Deactivate`. */
  readonly verb: string;
  /** "3 customers were deactivated." without the number: `deactivated`. */
  readonly past: string;
  /** What will happen, in sentences. */
  readonly words: string;
  /** What it means for those that an identity provider manages. */
  readonly managed?: string;
  /** A field of the question, such as the group. */
  field?(db: Executor, parts: MassParts): Promise<ComponentChildren>;
  /** What is wrong with the answer to the question, in a sentence. */
  fault?(db: Executor, parts: MassParts, form: URLSearchParams): Promise<string | undefined>;
  /** Does it to a customer whose row is held. */
  perform(tx: Transaction, parts: MassParts, turn: MassTurn): Promise<MassOutcome>;
}
