export { type Invitation, Invitations } from './invitation/invitations.ts';
export { NotificationError, type NotificationErrorCode } from './notification-error.ts';
export {
  Onboarding,
  type OnboardingProgress,
  type OnboardingState,
  onboardingStates,
} from './onboarding/onboarding.ts';
