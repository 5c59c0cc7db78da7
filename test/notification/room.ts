import { type Connection, type ConnectionChanges, Connections } from '../../modules/connection/index.ts';
import { Config, type Logger } from '../../modules/framework/index.ts';
import { MailJobs, MailQueue, type MailRecord } from '../../modules/mail/index.ts';
import notification from '../../modules/notification/module.ts';
import { type MailServer, openMailServer } from '../mail/smtp-server.ts';
import { type HostOptions, openHost, type ScimHost } from '../provisioning/host.ts';
import type { TestEngine } from '../setup/databases.ts';

/** A whole host that mails by a server on loopback. `look` is one turn of the delivery, which runs by itself nowhere. */
export interface NotificationRoom extends ScimHost {
  readonly server: MailServer;
  readonly look: MailJobs['look'];
  /** Everything that was logged. */
  readonly logged: string[];
  /** Changes the connection of the first start. */
  policy(changes: ConnectionChanges): Promise<Connection>;
  set(path: string, value: string): Promise<void>;
  mails(): Promise<MailRecord[]>;
}

export async function openNotificationRoom(engine: TestEngine, options: HostOptions = {}): Promise<NotificationRoom> {
  const logged: string[] = [];
  const log = (fields: object, line: string): void => {
    const { err, ...rest } = fields as { err?: Error };
    logged.push(`${line} ${JSON.stringify(rest)} ${err?.stack ?? ''}`);
  };
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const server = await openMailServer();
  const host = await openHost(engine, { ...options, logger, modules: [notification] });
  const config = host.host.resolve(Config);
  const settings = {
    'system/smtp/transport': 'smtp',
    'system/smtp/host': '127.0.0.1',
    'system/smtp/port': String(server.port),
    'web/secure/base_url': 'https://www.shop.example/',
    'general/store_information/name': 'Tea & Sons',
  };
  for (const [path, value] of Object.entries(settings)) await config.set(path, value);
  return {
    ...host,
    server,
    logged,
    look: () => host.host.resolve(MailJobs).look(),
    async policy(changes) {
      const connections = host.host.resolve(Connections);
      const changed = await host.database.transaction((tx) => connections.change(tx, 'default', changes));
      host.advance(10); // what a token opens is remembered for some seconds
      return changed;
    },
    set: (path, value) => config.set(path, value),
    mails: async () => (await host.host.resolve(MailQueue).list(host.database)).reverse(),
    async close() {
      await host.close();
      await server.close();
    },
  };
}
