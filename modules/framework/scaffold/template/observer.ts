import { CustomerSaved } from 'vestibule/customer';
import { Logger, observe } from 'vestibule/framework';

/** After the commit: whatever has an effect outside the database belongs here. */
export const savedObserver = observe(CustomerSaved, {
  id: 'sample-room.saved',
  when: 'committed',
  inject: { logger: Logger },
  handle({ id }, { logger }) {
    logger.info({ customer: id }, 'sample-room: a customer was saved');
  },
});
