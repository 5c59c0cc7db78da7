import type { Activities } from '../../activity/index.ts';
import { type Clock, type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { Mails } from '../../mail/index.ts';
import { topicOf } from '../customer/addressee.ts';
import { NotificationError } from '../notification-error.ts';
import { type Consideration, type InvitationKind, mailOf, type Selection } from './selection.ts';

/** Whom an invitation went to. */
export interface Invitation {
  readonly customerId: number;
  readonly email: string;
}

/** Who asks, and for which mail: the activation mail unless said. */
export interface Asking {
  readonly actor: string;
  readonly kind?: InvitationKind | undefined;
}

/** Sends activation and welcome mails on somebody's word. */
export interface Invitations {
  /** Who of up to 1,000 customers would get the mail, and who would not and why. Two statements. */
  consider(db: Executor, customerIds: readonly number[], kind?: InvitationKind): Promise<Consideration>;
  /** Queues the mail for all who get it, records who asked for it, and answers whom it goes to and whom not. */
  inviteAll(tx: Transaction, customerIds: readonly number[], asking: Asking): Promise<Consideration>;
  /**
   * The same for one customer.
   *
   * @throws NotificationError CUSTOMER_UNKNOWN, NOT_INVITED
   */
  invite(tx: Transaction, customerId: number, asking: Asking): Promise<Invitation>;
}
export const Invitations: ServiceToken<Invitations> = service<Invitations>('notification.Invitations');

const notes: Readonly<Record<InvitationKind, string>> = {
  activation: 'An activation mail with a password reset link was queued.',
  welcome: 'A welcome mail was queued.',
};

/** The service behind the token `Invitations`. */
export function createInvitations(room: {
  readonly selection: Selection;
  readonly mails: Mails;
  readonly activities: Activities;
  readonly clock: Clock;
}): Invitations {
  const { selection, mails, activities, clock } = room;

  async function inviteAll(
    tx: Transaction,
    customerIds: readonly number[],
    { actor, kind = 'activation' }: Asking,
  ): Promise<Consideration> {
    const considered = await selection.of(tx, customerIds, kind);
    for (const { customerId, email, name, websiteId } of considered.invited) {
      mails.send(tx, {
        template: mailOf[kind],
        data: { customerId },
        websiteId,
        topic: topicOf(customerId),
        to: { address: email, name },
      });
      activities.record(tx, {
        at: clock.now(),
        operation: kind === 'activation' ? 'customer.invite' : 'customer.welcome',
        outcome: 'done',
        status: 202,
        customerId,
        subject: email,
        actor,
        notes: [notes[kind]],
      });
    }
    return considered;
  }

  return {
    consider: (db, ids, kind = 'activation') => selection.of(db, ids, kind),
    inviteAll,
    async invite(tx, customerId, asking) {
      const { invited, leftOut } = await inviteAll(tx, [customerId], asking);
      const [out] = leftOut;
      if (out)
        throw new NotificationError(
          out.unknown ? 'CUSTOMER_UNKNOWN' : 'NOT_INVITED',
          out.unknown ? `There is no customer ${customerId}.` : `The customer ${customerId} ${out.why}`,
        );
      return { customerId, email: invited[0]?.email ?? '' };
    },
  };
}
