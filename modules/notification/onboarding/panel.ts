import { CustomerPanels } from '../../customer/index.ts';
import { Clock, contribute } from '../../framework/index.ts';
import { Onboarding } from './onboarding.ts';

/** `customer:show` tells how far the customer has come. */
export const onboardingPanel = contribute(
  CustomerPanels,
  { onboarding: Onboarding, clock: Clock },
  ({ onboarding, clock }) => ({
    key: 'onboarding',
    read: async (db, { id }) => (await onboarding.of(db, [id], clock.now())).get(id),
  }),
);
