import { createHash } from 'node:crypto';
import {
  type Clock,
  type ConfigReader,
  type Logger,
  type ServiceToken,
  service,
  sql,
  type Transaction,
} from '../../framework/index.ts';
import type { Mails } from '../../mail/index.ts';
import type { operatorSettings } from '../settings.ts';
import type { Alert } from './alert.ts';
import { type AlertMail, alertMail } from './alert-mail.tsx';
import { mailMoment } from './moment.ts';

/** What all who run the store are told. */
export interface Operators {
  /**
   * Queues a mail to each recipient in the caller's transaction: at once, or, where the last mail about the same cause is
   * younger than an hour, when that is over, together with all that has come up until then. Nothing where nobody is named.
   */
  tell(tx: Transaction, alert: Alert): Promise<void>;
}
export const Operators: ServiceToken<Operators> = service<Operators>('notification.Operators');

/** Alerts are kept so long, in milliseconds: what is told once must be known for as long as it could come up again. */
const kept = 400 * 86_400_000;

export function createOperators(room: {
  readonly mails: Mails;
  readonly config: ConfigReader<(typeof operatorSettings)['fields']>;
  readonly clock: Clock;
  readonly logger: Logger;
}): Operators {
  const { mails, config, clock, logger } = room;
  return {
    async tell(tx, alert) {
      const recipients = await recipientsIn(config, logger);
      if (recipients.length === 0) return;
      const { cause, occasion = null, ...told } = alert;
      const now = clock.now().getTime();
      const last = await heldCause(tx, cause);
      const dueMs = mailMoment(last, now);
      const { affectedRows } =
        await tx.run(sql`${tx.dialect.insertIgnoreInto} {vestibule_alert} (cause, occasion, at_ms, due_ms, alert)
        VALUES (${cause}, ${occasion}, ${now}, ${dueMs}, ${JSON.stringify(told)})`);
      if (affectedRows === 0) return;
      if (dueMs !== last) tx.later(sql`UPDATE {vestibule_alert_cause} SET due_ms = ${dueMs} WHERE cause = ${cause}`);
      tx.later(sql`DELETE FROM {vestibule_alert} WHERE at_ms < ${now - kept}`);
      const data: AlertMail = { cause, dueMs };
      for (const address of recipients) {
        const once = `alert:${digestOf(cause)}:${dueMs}:${digestOf(address.toLowerCase())}`;
        mails.send(tx, {
          template: alertMail,
          data,
          websiteId: 0,
          to: { address },
          topic: cause.slice(0, 64),
          once,
          dueMs,
        });
      }
    },
  };
}

/** When the newest mail about a cause is due; its row is held until the transaction ends, so that one tells at a time. */
async function heldCause(tx: Transaction, cause: string): Promise<number> {
  const held = () =>
    tx.first<{ due_ms: number }>(
      sql`SELECT due_ms FROM {vestibule_alert_cause} WHERE cause = ${cause} ${tx.dialect.forUpdate}`,
    );
  const known = await held();
  if (known) return known.due_ms;
  // Of several who tell of a new cause at once, the others wait here and then read what the first has decided.
  await tx.run(sql`${tx.dialect.insertIgnoreInto} {vestibule_alert_cause} (cause, due_ms) VALUES (${cause}, 0)`);
  return (await held())?.due_ms ?? 0;
}

/** A list that cannot be read must not fail the change that somebody is to be told of. */
async function recipientsIn(
  config: ConfigReader<(typeof operatorSettings)['fields']>,
  logger: Logger,
): Promise<readonly string[]> {
  try {
    return [...new Set(await config.get('recipients'))];
  } catch (err) {
    logger.error({ err }, 'notification/operators/recipients cannot be read: nobody is told');
    return [];
  }
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
