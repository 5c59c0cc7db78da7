/** What a customer loses: the right to log in, its user, its last group. */
export type LossKind = 'deactivate' | 'delete' | 'leave';

/** That a customer loses something by a request. */
export interface Loss {
  readonly customerId: number;
  readonly kind: LossKind;
  /** False where the customer is a newcomer or had nothing left to lose: then it is remembered, and counted nowhere. */
  readonly weighs: boolean;
  readonly wasActive: boolean;
  /** Groups that it was taken out of. */
  readonly groups: readonly number[];
}
