import { type Executor, type ServiceToken, service } from '../../framework/index.ts';
import type { MailQueue } from '../../mail/index.ts';
import type { Storefronts } from '../../store/index.ts';
import { activationMail } from '../customer/activation.tsx';
import { type Addressee, readAddressees, topicOf } from '../customer/addressee.ts';
import { isUnmailable } from '../customer/current.ts';
import { welcomeMail } from '../customer/welcome.tsx';
import type { PasswordPlaces } from '../password-page/place.ts';

/** Which mail: one with a link to set a password, or one that says that there is an account. */
export const invitationKinds = ['activation', 'welcome'] as const;
export type InvitationKind = (typeof invitationKinds)[number];

/** The template of each kind. */
export const mailOf: Readonly<Record<InvitationKind, string>> = { activation: activationMail, welcome: welcomeMail };

export interface Invitee {
  readonly customerId: number;
  readonly email: string;
  readonly name: string;
  readonly websiteId: number;
  /** The mail reaches somebody who could log in already. */
  readonly hasPassword: boolean;
}

export interface LeftOut {
  readonly customerId: number;
  readonly email: string | undefined;
  /** There is no such customer. */
  readonly unknown: boolean;
  /** Goes on after "the customer 7": `is deactivated; …`. */
  readonly why: string;
}

/** Who gets a mail and who does not, each in the order in which they were named. */
export interface Consideration {
  readonly invited: readonly Invitee[];
  readonly leftOut: readonly LeftOut[];
}

/** Picks those who can be mailed. */
export interface Selection {
  /** Of up to 1,000 customers, in two statements. */
  of(db: Executor, customerIds: readonly number[], kind: InvitationKind): Promise<Consideration>;
}
export const Selection: ServiceToken<Selection> = service<Selection>('notification.Selection');

/** The service behind the token `Selection`. */
export function createSelection(room: {
  readonly queue: MailQueue;
  readonly storefronts: Storefronts;
  readonly places: PasswordPlaces;
}): Selection {
  const { queue, storefronts, places } = room;

  async function reasonAgainst(
    customer: Addressee,
    kind: InvitationKind,
    queued: boolean,
  ): Promise<string | undefined> {
    if (!customer.active)
      return kind === 'activation' ? 'is deactivated; a reset link would let them in again.' : 'is deactivated.';
    if (isUnmailable(customer.email)) return 'has no e-mail address; set one first.';
    if (queued) return 'has a mail waiting already; see mail:list.';
    const canLead = async () =>
      (await places.of(await storefronts.view(customer.websiteId, customer.storeId))) !== undefined;
    if (kind === 'activation' && !(await canLead()))
      return 'cannot be told where to log in; set web/secure/base_url, such as https://www.shop.example/, or let this host set passwords (notification/customers/password_page).';
    return undefined;
  }

  return {
    async of(db, customerIds, kind) {
      const ids = [...new Set(customerIds)];
      const customers = await readAddressees(db, ids);
      const mails = await queue.newest(db, mailOf[kind], ids.map(topicOf));
      const invited: Invitee[] = [];
      const leftOut: LeftOut[] = [];
      for (const customerId of ids) {
        const customer = customers.get(customerId);
        if (!customer) {
          leftOut.push({ customerId, email: undefined, unknown: true, why: 'does not exist.' });
          continue;
        }
        const state = mails.get(topicOf(customerId))?.state;
        const why = await reasonAgainst(customer, kind, state === 'waiting' || state === 'sending');
        const { email, name, websiteId, hasPassword } = customer;
        if (why === undefined) invited.push({ customerId, email, name, websiteId, hasPassword });
        else leftOut.push({ customerId, email: isUnmailable(email) ? undefined : email, unknown: false, why });
      }
      return { invited, leftOut };
    },
  };
}
