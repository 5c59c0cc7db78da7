import { createHash } from 'node:crypto';
import { type ConfigReader, type Logger, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { Mails, NewMail } from '../../mail/index.ts';
import type { operatorSettings } from '../settings.ts';

/** What all who run the store are told. */
export interface Operators {
  /** Queues one mail for each recipient; none where nobody is named. Each gets one about an `occasion`, whoever asks. */
  tell(tx: Transaction, occasion: string, mail: Pick<NewMail, 'template' | 'data' | 'topic'>): Promise<void>;
}
export const Operators: ServiceToken<Operators> = service<Operators>('notification.Operators');

export function createOperators(
  mails: Mails,
  config: ConfigReader<(typeof operatorSettings)['fields']>,
  logger: Logger,
): Operators {
  return {
    async tell(tx, occasion, mail) {
      const recipients = await recipientsIn(config, logger);
      for (const address of recipients)
        mails.send(tx, { ...mail, websiteId: 0, to: { address }, once: `${occasion}:${shortDigest(address)}` });
    },
  };
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

const shortDigest = (address: string): string =>
  createHash('sha256').update(address.toLowerCase()).digest('hex').slice(0, 16);
