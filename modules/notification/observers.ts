import { CustomerAnonymised, CustomerDeleted } from '../customer/index.ts';
import { type ConfigReader, type Observer, observe, sql, type Transaction } from '../framework/index.ts';
import { MailQueue, Mails } from '../mail/index.ts';
import { CustomerAdopted, UserProvisioned } from '../provisioning/index.ts';
import { activationMail } from './customer/activation.tsx';
import { topicOf } from './customer/addressee.ts';
import { adoptionMail } from './customer/adoption.tsx';
import { isUnmailable } from './customer/current.ts';
import { welcomeMail } from './customer/welcome.tsx';
import { customerSettings } from './settings.ts';

/**
 * What is told on which occasion. All of them queue inside the transaction that makes the change: one write that is not
 * waited for, and none where nobody is to be told, so that the change neither waits for a mail nor fails by one.
 */
const provisioned = observe(UserProvisioned, {
  id: 'notification.welcome',
  when: 'transaction',
  inject: { mails: Mails },
  handle({ connection, customerId, email }, { mails }, tx) {
    const { welcomeMail: wanted } = connection.policy;
    if (wanted === 'none' || isUnmailable(email)) return;
    mails.send(tx, {
      template: wanted === 'activation' ? activationMail : welcomeMail,
      data: { customerId, organisation: connection.name },
      websiteId: connection.websiteId,
      topic: topicOf(customerId),
    });
  },
});

const adopted = observe(CustomerAdopted, {
  id: 'notification.adoption',
  when: 'transaction',
  inject: { mails: Mails, config: customerSettings.token },
  async handle({ connection, customerId, email }, { mails, config }, tx) {
    if (isUnmailable(email) || !(await isWanted(config, connection.websiteId))) return;
    mails.send(tx, {
      template: adoptionMail,
      data: { customerId, organisation: connection.name },
      websiteId: connection.websiteId,
      topic: topicOf(customerId),
    });
  },
});

/** A value that cannot be read must not fail the adoption. */
const isWanted = (config: ConfigReader<(typeof customerSettings)['fields']>, website: number): Promise<boolean> =>
  config.get('adoption', { website }).catch(() => true);

/** Mails to somebody who is no customer any more are nobody's business: they hold addresses. */
function forget(id: number, queue: MailQueue, tx: Transaction): void {
  queue.forget(tx, topicOf(id));
  tx.later(sql`DELETE FROM {vestibule_password_page} WHERE customer_id = ${id}`);
}

const anonymised = observe(CustomerAnonymised, {
  id: 'notification.forget-anonymised',
  when: 'transaction',
  inject: { queue: MailQueue },
  handle: ({ id }, { queue }, tx) => forget(id, queue, tx),
});

const deleted = observe(CustomerDeleted, {
  id: 'notification.forget-customer',
  when: 'transaction',
  inject: { queue: MailQueue },
  handle: ({ id }, { queue }, tx) => forget(id, queue, tx),
});

export const observers: readonly Observer[] = [provisioned, adopted, anonymised, deleted];
