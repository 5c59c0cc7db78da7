import {
  Clock,
  Config,
  contribute,
  createTestHost,
  defineModule,
  type Logger,
  type Override,
  observe,
  sql,
  type TestHost,
} from '../../modules/framework/index.ts';
import {
  Action,
  type FailedMail,
  Heading,
  type Letter,
  MailFailed,
  MailJobs,
  MailQueue,
  type MailRecord,
  Mails,
  MailTemplates,
  type NewMail,
  Paragraph,
  type Withdrawal,
} from '../../modules/mail/index.ts';
import mail from '../../modules/mail/module.ts';
import type { OpenedDatabase, TestEngine } from '../setup/databases.ts';
import type { MailServer } from './smtp-server.ts';

/** What the template of the tests writes; tests change it. */
export type Written = (data: { word: string }) => Letter | Withdrawal | Promise<Letter | Withdrawal>;

export const plainLetter: Written = ({ word }) => ({
  subject: `About ${word}`,
  body: (
    <>
      <Heading>Hello {word}</Heading>
      <Paragraph>This is about {word}.</Paragraph>
      <Action href={`https://shop.example/?q=${word}&x=1`}>Look at it</Action>
    </>
  ),
});

/** The mail room on a store of its own. Nothing runs by itself: `look` is one turn of the job. */
export interface MailRoom {
  readonly database: OpenedDatabase['database'];
  readonly host: TestHost;
  readonly queue: MailQueue;
  readonly logged: { level: string; line: string }[];
  write: Written;
  /** Told of mails that are given up; an error in it is the listener's. */
  heard: (mail: FailedMail) => void;
  configure(server: Pick<MailServer, 'port'>, more?: Readonly<Record<string, string>>): Promise<void>;
  send(mail?: Partial<NewMail>): Promise<void>;
  look: MailJobs['look'];
  /** Another process on the same database. */
  second(): Promise<MailRoom>;
  all(): Promise<MailRecord[]>;
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

const beginning = Date.parse('2024-05-06T12:00:00.000Z');

/** A database with the tables of the mail room, for one host after the other: making it is most of a test's time. */
export interface MailDatabase {
  readonly opened: OpenedDatabase;
  readonly time: { now: number };
  /** As it was at first: no mails, ids from 1, nothing configured, the clock at its beginning. */
  empty(): Promise<void>;
  dispose(): Promise<void>;
}

export async function openMailDatabase(engine: TestEngine): Promise<MailDatabase> {
  const opened = await engine.open({ migrated: true });
  const time = { now: beginning };
  await (await openMailRoom(engine, { opened, time })).close();
  return {
    opened,
    time,
    async empty() {
      time.now = beginning;
      await opened.database.run(sql`DELETE FROM {vestibule_mail}`);
      await opened.database.run(
        engine.name === 'sqlite'
          ? sql`DELETE FROM sqlite_sequence WHERE name = 'vestibule_mail'`
          : sql`ALTER TABLE {vestibule_mail} AUTO_INCREMENT = 1`,
      );
      await opened.database.run(sql`DELETE FROM {core_config_data}`);
    },
    dispose: () => opened.dispose(),
  };
}

export async function openMailRoom(
  engine: TestEngine,
  shared?: Pick<MailDatabase, 'opened' | 'time'>,
  override: readonly Override[] = [],
): Promise<MailRoom> {
  const opened = shared?.opened ?? (await engine.open({ migrated: true }));
  const time = shared?.time ?? { now: beginning };
  const logged: MailRoom['logged'] = [];
  const log = (level: string) => (fields: object, line: string) => {
    const { err, ...rest } = fields as { err?: Error };
    logged.push({ level, line: `${line} ${JSON.stringify(rest)} ${err?.message ?? ''}` });
  };
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  let host: TestHost;
  const room: MailRoom = {
    database: opened.database,
    get host() {
      return host;
    },
    get queue() {
      return host.resolve(MailQueue);
    },
    logged,
    write: plainLetter,
    heard: () => {},
    async configure({ port }, more = {}) {
      const values = { transport: 'smtp', host: '127.0.0.1', port: String(port), ...more };
      for (const [field, value] of Object.entries(values))
        await host.resolve(Config).set(field.includes('/') ? field : `system/smtp/${field}`, value);
    },
    send: (given = {}) =>
      opened.database.transaction(async (tx) =>
        host.resolve(Mails).send(tx, {
          template: 'letters.plain',
          data: { word: 'tea' },
          websiteId: 1,
          to: { address: 'ann@shop.example', name: 'Ann' },
          ...given,
        }),
      ),
    look: () => host.resolve(MailJobs).look(),
    second: () => openMailRoom(engine, { opened, time }),
    all: async () => (await room.queue.list(opened.database)).reverse(),
    advance(milliseconds) {
      time.now += milliseconds;
    },
    async close() {
      await host.close();
      if (!shared) await opened.dispose();
    },
  };
  const letters = defineModule({
    name: 'letters',
    version: '1.0.0',
    host: '^1',
    sequence: ['mail'],
    contributes: [
      contribute(MailTemplates, {}, () => ({
        name: 'letters.plain',
        label: 'A letter',
        sender: 'general' as const,
        write: async (_tx: unknown, data: { word: string }) => room.write(data),
        example: () => plainLetter({ word: 'an example' }) as Letter,
      })),
    ],
    observers: [
      observe(MailFailed, {
        id: 'letters.heard',
        when: 'transaction',
        inject: {},
        handle: (failed) => room.heard(failed),
      }),
    ],
  });
  host = await createTestHost({
    modules: [mail, letters],
    database: opened.database,
    logger,
    override: [[Clock, { now: () => new Date(time.now) }], ...override],
  });
  await host.listen();
  return room;
}
