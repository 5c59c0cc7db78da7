import { CaptureImpaired } from '../../change-capture/index.ts';
import { TokenExpiring } from '../../connection/index.ts';
import { Clock, DatabaseRestored, type Observer, observe, sqlTimestamp } from '../../framework/index.ts';
import { MailFailed } from '../../mail/index.ts';
import { DeprovisioningHeld } from '../../provisioning/index.ts';
import { SamlAttention } from '../../saml/index.ts';
import { WebhookDisabled } from '../../webhook/index.ts';
import { alertMail } from './alert-mail.tsx';
import { Operators } from './operators.ts';

const inject = { operators: Operators };

const expiring = observe(TokenExpiring, {
  id: 'notification.token-expiring',
  when: 'transaction',
  inject,
  handle({ connection, token, days }, { operators }, tx) {
    const expiresAt = token.expiresAt ?? '';
    const span = days === 1 ? 'a day' : `${days} days`;
    const rotation = `token:rotate --connection ${connection.code} ${token.replacedBy === null ? '--start' : '--complete'}`;
    return operators.tell(tx, {
      cause: `token:${token.publicId}`,
      occasion: `token:${token.publicId}:${expiresAt.replaceAll(/\D/g, '')}:${days}`,
      title: `The SCIM token of ${connection.name} ends in less than ${span}`,
      message: `From then on ${connection.name} can neither create nor change nor deactivate customers, until it has a new token.`,
      facts: [
        ['Connection', `${connection.name} (${connection.code})`],
        ['Token', `${token.publicId} (${token.name})`],
        ['Ends', `${expiresAt} UTC`],
      ],
      cure: `To renew it without an interruption: \`${rotation}\``,
      page: `/admin/connections/${connection.code}`,
    });
  },
});

const held = observe(DeprovisioningHeld, {
  id: 'notification.guard-held',
  when: 'transaction',
  inject,
  handle: ({ connection, holdId, count, limit, at }, { operators }, tx) =>
    operators.tell(tx, {
      cause: `guard:${connection.id}`,
      occasion: `hold:${holdId}`,
      title: `Held: ${connection.name} wants to deactivate or delete unusually many customers`,
      message: `Within an hour ${connection.name} wanted to deactivate, delete or take out of groups more customers than its guard lets pass. Nothing more of the kind is carried out until you decide.`,
      facts: [
        ['Connection', `${connection.name} (${connection.code})`],
        ['Customers', `${count}, where ${limit} may`],
        ['Since', `${sqlTimestamp(at)} UTC`],
        ['Number of the hold', String(holdId)],
      ],
      cure: `See what is held with \`guard:show ${holdId}\`, then carry it out with \`guard:approve ${holdId}\` or refuse it with \`guard:deny ${holdId}\`.`,
      page: `/admin/held-changes/${holdId}`,
    }),
});

const saml = observe(SamlAttention, {
  id: 'notification.saml-attention',
  when: 'transaction',
  inject,
  handle: ({ connection, occasion, title, message, cure }, { operators }, tx) =>
    operators.tell(tx, {
      // `saml:refresh:7:20240506`: what it is about, and of which connection.
      cause: `${occasion.split(':').slice(0, 2).join(':')}:${connection.id}`,
      occasion,
      title,
      message,
      facts: [['Connection', `${connection.name} (${connection.code})`]],
      cure: `What to do: \`${cure}\``,
      page: `/admin/connections/${connection.code}/saml`,
    }),
});

/** Alerts that fail are not told of: by the same way that would never end. */
const mailFailed = observe(MailFailed, {
  id: 'notification.mail-failed',
  when: 'transaction',
  inject,
  async handle({ id, template, label, topic, note }, { operators }, tx) {
    if (template === alertMail) return;
    await operators.tell(tx, {
      cause: 'mail-failed',
      title: 'A mail could not be sent',
      message: note,
      facts: [
        ['Mail', `${id}, ${label}`],
        ['About', topic ?? '–'],
      ],
      cure: `See all of them with \`mail:list --state failed\`; once the reason is gone, send it with \`mail:retry ${id}\`.`,
    });
  },
});

const webhookDisabled = observe(WebhookDisabled, {
  id: 'notification.webhook-disabled',
  when: 'transaction',
  inject,
  handle: ({ webhook: { id, name, scope, destination }, because, at }, { operators }, tx) =>
    operators.tell(tx, {
      cause: `webhook:${id}`,
      title: `The webhook ${name === '' ? id : `"${name}"`} was switched off`,
      message: because,
      facts: [
        ['Webhook', `${id}, ${scope}`],
        // What stands behind the path may be a secret of the receiver.
        ['Destination', destination.replace(/[?#].*$/s, '')],
        ['Switched off', `${sqlTimestamp(at)} UTC`],
      ],
      cure: `What waits for it is kept. Once the receiver answers again, switch it on with \`webhook:set ${id} --active on\`.`,
      page: `/admin/webhooks/${id}`,
    }),
});

/** Told once a day while it lasts: each process that starts finds it anew. */
const captureImpaired = observe(CaptureImpaired, {
  id: 'notification.capture-impaired',
  when: 'transaction',
  inject: { ...inject, clock: Clock },
  handle: ({ cause, title, message, cure }, { operators, clock }, tx) =>
    operators.tell(tx, {
      cause: `capture:${cause}`,
      occasion: `capture:${cause}:${sqlTimestamp(clock.now()).slice(0, 10)}`,
      title,
      message,
      cure,
    }),
});

/** Queued after the mails that waited were given up: `mail` comes before this room. */
const restored = observe(DatabaseRestored, {
  id: 'notification.database-restored',
  when: 'transaction',
  inject,
  handle: ({ restoredMs }, { operators }, tx) =>
    operators.tell(tx, {
      cause: 'database:restored',
      occasion: `database:restored:${restoredMs}`,
      title: 'The database was brought back from a backup',
      message:
        'Webhooks that waited in it are held, and mails that waited have failed: both may have gone out since the backup was made.',
      cure: 'Send what is held with `webhook:resume`, or drop it with `webhook:resume --drop`; `mail:list --state failed` shows the mails.',
      page: '/admin/webhooks',
    }),
});

/** What those who run the store are told of, in the transaction in which it comes up. */
export const operatorObservers: readonly Observer[] = [
  expiring,
  held,
  saml,
  mailFailed,
  webhookDisabled,
  captureImpaired,
  restored,
];
