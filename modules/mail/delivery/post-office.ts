import { ConfigError, type ConfigReader, type Logger } from '../../framework/index.ts';
import type { Websites } from '../../store/index.ts';
import type { Recipient } from '../mail.ts';
import { readRecipient } from '../message/address.ts';
import { type SenderIdentity, senderSettings } from '../sender/settings.ts';
import { mailScope, type NoServer, type SmtpServer, serverOf } from '../smtp/server.ts';
import type { smtpSettings } from '../smtp/settings.ts';

type SenderReader = ConfigReader<(typeof senderSettings)['general']['fields']>;

/** Where the mails of a website go out, and in whose name. */
export interface PostOffice {
  /** The server as it is configured now. A configuration that cannot be read is as good as none, and says why. */
  server(websiteId: number): Promise<SmtpServer | NoServer>;
  /** As a store view has it, else the website's default one. Undefined where the configured address is none. */
  sender(identity: SenderIdentity, websiteId: number, storeId?: number): Promise<Recipient | undefined>;
}

export function createPostOffice(
  websites: Websites,
  smtp: ConfigReader<(typeof smtpSettings)['fields']>,
  senders: Readonly<Record<SenderIdentity, SenderReader>>,
  logger: Logger,
): PostOffice {
  return {
    async server(websiteId) {
      try {
        return await serverOf(smtp, await mailScope(websites, websiteId));
      } catch (err) {
        if (!(err instanceof ConfigError)) throw err;
        logger.error({ err }, 'the configuration of the SMTP server cannot be read');
        return { missing: err.message };
      }
    },
    async sender(identity, websiteId, storeId) {
      const scope = storeId === undefined ? await mailScope(websites, websiteId) : { store: storeId };
      const from = senders[identity];
      return readRecipient({ address: await from.get('email', scope), name: await from.get('name', scope) });
    },
  };
}

/** The path under which a sender's address is configured. */
export const senderPath = (identity: SenderIdentity): string => `${senderSettings[identity].path}/email`;
