import { answer, json, type Operation } from '../../framework/index.ts';
import type { Invitation } from '../invitation/invitations.ts';
import { type OnboardingProgress, onboardingStates } from '../onboarding/onboarding.ts';

const { text, number, object, oneOf, orNull, said } = json;
const tag = 'Onboarding';
const path = { id: said('The number of the customer.', number) };

/** The way of a customer to a password, in words. */
export const onboardingOperations = {
  show: {
    tag,
    summary: 'Show how far a customer has come',
    path,
    answers: {
      200: answer(
        'The state.',
        object<OnboardingProgress>({ state: oneOf(onboardingStates), at: orNull(text), note: orNull(text) }),
      ),
    },
  },
  invite: {
    tag,
    summary: 'Invite a customer to set a password',
    path,
    answers: { 202: answer('Who is invited.', object<Invitation>({ customerId: number, email: text })) },
  },
} as const satisfies Record<string, Operation>;
