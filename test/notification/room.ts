import { type Connection, type ConnectionChanges, Connections } from '../../modules/connection/index.ts';
import { Config, type ConfigScope, type Logger, raw, sql } from '../../modules/framework/index.ts';
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
  set(path: string, value: string, scope?: ConfigScope): Promise<void>;
  mails(): Promise<MailRecord[]>;
  /** The moment so many seconds after the last `clear`, as the database writes it or, with `iso`, as JSON has it. */
  moment(seconds: number): string;
  iso(seconds: number): string;
  /** As it was at first: no customers, mails, alerts or records, the settings of the beginning; some hours have passed. */
  clear(): Promise<void>;
}

const settings = {
  'system/smtp/transport': 'smtp',
  'system/smtp/host': '127.0.0.1',
  'web/secure/base_url': 'https://www.shop.example/',
  'general/store_information/name': 'Tea & Sons',
};

const written = [
  'vestibule_mail',
  'vestibule_alert',
  'vestibule_alert_cause',
  'vestibule_password_page',
  'vestibule_user_email',
  'vestibule_user_document',
  'vestibule_user',
  'vestibule_activity_pending',
  'customer_log',
  'customer_entity',
];

export async function openNotificationRoom(engine: TestEngine, options: HostOptions = {}): Promise<NotificationRoom> {
  const logged: string[] = [];
  const log = (fields: object, line: string): void => {
    const { err, ...rest } = fields as { err?: Error };
    logged.push(`${line} ${JSON.stringify(rest)} ${err?.stack ?? ''}`);
  };
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const server = await openMailServer();
  const { modules = [], ...others } = options;
  const host = await openHost(engine, { ...others, logger, modules: [notification, ...modules] });
  const config = host.host.resolve(Config);
  await config.set('system/smtp/port', String(server.port));
  for (const [path, value] of Object.entries(settings)) await config.set(path, value);
  const changed: [path: string, scope: ConfigScope][] = [];
  let began = host.now().getTime();
  const policy = async (changes: ConnectionChanges): Promise<Connection> => {
    const connections = host.host.resolve(Connections);
    const connection = await host.database.transaction((tx) => connections.change(tx, 'default', changes));
    host.advance(10); // what a token opens is remembered for some seconds
    began = host.now().getTime();
    return connection;
  };
  const iso = (seconds: number) => new Date(began + seconds * 1000).toISOString();
  return {
    ...host,
    server,
    logged,
    look: () => host.host.resolve(MailJobs).look(),
    policy,
    set: (path, value, scope = 'default') => {
      changed.push([path, scope]);
      return config.set(path, value, scope);
    },
    mails: async () => (await host.host.resolve(MailQueue).list(host.database)).reverse(),
    iso,
    moment: (seconds) => iso(seconds).slice(0, 19).replace('T', ' '),
    async clear() {
      for (const [path, scope] of changed.splice(0)) {
        const first = scope === 'default' ? settings[path as keyof typeof settings] : undefined;
        await (first === undefined ? config.inherit(path, scope) : config.set(path, first, scope));
      }
      for (const table of written) await host.database.run(sql`DELETE FROM {${raw(table)}}`);
      server.mails.length = 0;
      server.beforeTaking = () => {};
      server.beforeRecipient = () => {};
      logged.length = 0;
      host.advance(12 * 3_600); // a server that did not answer is left alone for a while
      began = host.now().getTime();
    },
    async close() {
      await host.close();
      await server.close();
    },
  };
}
