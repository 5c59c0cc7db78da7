import {
  Clock,
  Config,
  contribute,
  createTestHost,
  defineModule,
  type Logger,
  type Override,
  type TestHost,
} from '../../modules/framework/index.ts';
import {
  Action,
  Heading,
  type Letter,
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
  configure(server: Pick<MailServer, 'port'>, more?: Readonly<Record<string, string>>): Promise<void>;
  send(mail?: Partial<NewMail>): Promise<void>;
  look: MailJobs['look'];
  /** Another process on the same database. */
  second(): Promise<MailRoom>;
  all(): Promise<MailRecord[]>;
  advance(milliseconds: number): void;
  close(): Promise<void>;
}

export async function openMailRoom(
  engine: TestEngine,
  shared?: { opened: OpenedDatabase; time: { now: number } },
  override: readonly Override[] = [],
): Promise<MailRoom> {
  const opened = shared?.opened ?? (await engine.open({ migrated: true }));
  const time = shared?.time ?? { now: Date.parse('2024-05-06T12:00:00.000Z') };
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
