import { TokenExpiring } from '../connection/index.ts';
import { CustomerAnonymised, CustomerDeleted } from '../customer/index.ts';
import { type ConfigReader, type Observer, observe, sqlTimestamp } from '../framework/index.ts';
import { MailQueue, Mails } from '../mail/index.ts';
import { CustomerAdopted, DeprovisioningHeld, UserProvisioned } from '../provisioning/index.ts';
import { SamlAttention } from '../saml/index.ts';
import { activationMail } from './customer/activation.tsx';
import { topicOf } from './customer/addressee.ts';
import { adoptionMail } from './customer/adoption.tsx';
import { isUnmailable } from './customer/current.ts';
import { welcomeMail } from './customer/welcome.tsx';
import { type GuardHeldMail, guardHeldMail } from './operator/guard-held.tsx';
import { Operators } from './operator/operators.ts';
import { type SamlAttentionMail, samlAttentionMail } from './operator/saml-attention.tsx';
import { type TokenExpiringMail, tokenExpiringMail } from './operator/token-expiring.tsx';
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

const expiring = observe(TokenExpiring, {
  id: 'notification.token-expiring',
  when: 'transaction',
  inject: { operators: Operators },
  async handle({ connection, token, days }, { operators }, tx) {
    const expiresAt = token.expiresAt ?? '';
    const data: TokenExpiringMail = {
      connection: connection.name,
      code: connection.code,
      tokenId: token.publicId,
      tokenName: token.name,
      expiresAt,
      days,
      cure: `token:rotate --connection ${connection.code} ${token.replacedBy === null ? '--start' : '--complete'}`,
    };
    const occasion = `token:${token.publicId}:${expiresAt.replaceAll(/\D/g, '')}:${days}`;
    await operators.tell(tx, occasion, { template: tokenExpiringMail, data, topic: `token:${token.publicId}` });
  },
});

const held = observe(DeprovisioningHeld, {
  id: 'notification.guard-held',
  when: 'transaction',
  inject: { operators: Operators },
  async handle({ connection, holdId, count, limit, at }, { operators }, tx) {
    const data: GuardHeldMail = {
      connection: connection.name,
      code: connection.code,
      holdId,
      count,
      limit,
      at: sqlTimestamp(at),
    };
    await operators.tell(tx, `hold:${holdId}`, { template: guardHeldMail, data, topic: `hold:${holdId}` });
  },
});

const saml = observe(SamlAttention, {
  id: 'notification.saml-attention',
  when: 'transaction',
  inject: { operators: Operators },
  async handle({ connection, occasion, title, message, cure }, { operators }, tx) {
    const data: SamlAttentionMail = { connection: connection.name, code: connection.code, title, message, cure };
    await operators.tell(tx, occasion, { template: samlAttentionMail, data, topic: `saml:${connection.id}` });
  },
});

/** Mails to somebody who is no customer any more are nobody's business: they hold addresses. */
const anonymised = observe(CustomerAnonymised, {
  id: 'notification.forget-anonymised',
  when: 'transaction',
  inject: { queue: MailQueue },
  handle: ({ id }, { queue }, tx) => queue.forget(tx, topicOf(id)),
});

const deleted = observe(CustomerDeleted, {
  id: 'notification.forget-customer',
  when: 'transaction',
  inject: { queue: MailQueue },
  handle: ({ id }, { queue }, tx) => queue.forget(tx, topicOf(id)),
});

export const observers: readonly Observer[] = [provisioned, adopted, expiring, held, saml, anonymised, deleted];
