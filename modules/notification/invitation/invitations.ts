import type { Activities } from '../../activity/index.ts';
import { type Clock, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { Mails } from '../../mail/index.ts';
import type { Storefronts } from '../../store/index.ts';
import { activationMail } from '../customer/activation.tsx';
import { readAddressee, topicOf } from '../customer/addressee.ts';
import { isUnmailable } from '../customer/current.ts';
import { NotificationError } from '../notification-error.ts';
import type { Onboarding } from '../onboarding/onboarding.ts';

/** Whom an invitation went to. */
export interface Invitation {
  readonly customerId: number;
  readonly email: string;
}

/** Sends activation mails with a password reset link on an administrator's word. */
export interface Invitations {
  /**
   * Queues the mail and records who asked for it.
   *
   * @throws NotificationError CUSTOMER_UNKNOWN, NOT_INVITED
   */
  invite(tx: Transaction, customerId: number, actor: string): Promise<Invitation>;
}
export const Invitations: ServiceToken<Invitations> = service<Invitations>('notification.Invitations');

export function createInvitations(room: {
  readonly mails: Mails;
  readonly onboarding: Onboarding;
  readonly storefronts: Storefronts;
  readonly activities: Activities;
  readonly clock: Clock;
}): Invitations {
  const { mails, onboarding, storefronts, activities, clock } = room;
  return {
    async invite(tx, customerId, actor) {
      const customer = await readAddressee(tx, customerId);
      if (!customer) throw new NotificationError('CUSTOMER_UNKNOWN', `There is no customer ${customerId}.`);
      const refuse = (why: string) => new NotificationError('NOT_INVITED', `The customer ${customerId} ${why}`);
      if (!customer.active) throw refuse('is deactivated; a reset link would let them in again.');
      if (isUnmailable(customer.email)) throw refuse('has no e-mail address; set one first.');
      if ((await storefronts.of(customer.websiteId)).url === undefined)
        throw refuse('cannot be told where to log in; set web/secure/base_url, such as https://www.shop.example/.');
      const progress = await onboarding.of(tx, [customerId], clock.now());
      if (progress.get(customerId)?.state === 'queued') throw refuse('has a mail waiting already; see mail:list.');
      mails.send(tx, {
        template: activationMail,
        data: { customerId },
        websiteId: customer.websiteId,
        topic: topicOf(customerId),
        to: { address: customer.email, name: customer.name },
      });
      activities.record(tx, {
        at: clock.now(),
        operation: 'customer.invite',
        outcome: 'done',
        status: 202,
        customerId,
        subject: customer.email,
        actor,
        notes: ['An activation mail with a password reset link was queued.'],
      });
      return { customerId, email: customer.email };
    },
  };
}
