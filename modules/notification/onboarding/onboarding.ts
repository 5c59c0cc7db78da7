import { type Executor, type ServiceToken, service } from '../../framework/index.ts';

/**
 * How far a customer has come, as far as the store's rows and the queue of mails tell: `not-invited`: no activation mail,
 * no reset link; `queued`: a mail waits; `undelivered`: it could not be sent; `sent`: a link that still works is out;
 * `opened`: the link was opened (Magento renews its time then; this host's page notes it), or another one was asked for;
 * `expired`: the link works no longer; `done`: a password is set, or the customer has logged in.
 *
 * Whether a mail was read is not known: nothing in it is loaded from anywhere.
 */
export const onboardingStates = ['not-invited', 'queued', 'undelivered', 'sent', 'opened', 'expired', 'done'] as const;
export type OnboardingState = (typeof onboardingStates)[number];

export interface OnboardingProgress {
  readonly state: OnboardingState;
  /** Since when, ISO 8601 in UTC; null where nobody has noted it. */
  readonly at: string | null;
  /** Undelivered: why. */
  readonly note: string | null;
}

/** How far customers have come. */
export interface Onboarding {
  /** Of up to 1,000 customers at once, in two statements; ids without a customer are left out. */
  of(db: Executor, customerIds: readonly number[], now: Date): Promise<ReadonlyMap<number, OnboardingProgress>>;
}
export const Onboarding: ServiceToken<Onboarding> = service<Onboarding>('notification.Onboarding');
