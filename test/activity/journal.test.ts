import { expect } from 'chai';
import { createJournal } from '../../modules/activity/journal.ts';
import { type Database, DatabaseError, type Logger, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ActivityRoom, entry, openRoom } from './room.ts';

onBothEngines('The journal of activities', (engine) => {
  let room: ActivityRoom;
  let logged: { level: string; message: string; fields: Record<string, unknown> }[];
  let refuse: ((text: string, values: readonly unknown[]) => Error | undefined) | undefined;
  let database: Database;
  let logger: Logger;
  before(async () => {
    room = await openRoom(engine);
    database = Object.create(room.database, {
      run: {
        async value(query: Parameters<Database['run']>[0]) {
          const error = refuse?.(query.sql, query.values);
          if (error) throw error;
          return room.database.run(query);
        },
      },
    });
    const say = (level: string) => (fields: object, message: string) =>
      void logged.push({ level, message, fields: fields as Record<string, unknown> });
    logger = { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
  });
  after(() => room.close());
  beforeEach(async () => {
    logged = [];
    refuse = undefined;
    await room.database.run(sql`DELETE FROM {vestibule_activity_pending}`);
    room.statements.reset();
  });

  const away = () => new DatabaseError('DB_UNAVAILABLE', 'away');
  const subjects = async () =>
    (await room.activities.recent(room.database, { limit: 1000 })).map(({ subject }) => subject).reverse();
  const count = async () =>
    (await room.database.first<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {vestibule_activity_pending}`))?.n;

  it('writes many notes in few statements, in the order they came', async () => {
    const journal = createJournal(database, logger);
    for (let i = 0; i < 1_000; i++) journal.add(entry({ subject: String(i) }));
    await journal.flush();
    expect(room.statements.statements).to.have.length.at.most(21);
    expect(new Set(room.statements.statements).size).to.be.at.most(7);
    expect(await subjects()).to.deep.equal(Array.from({ length: 1_000 }, (_, i) => String(i)));
  });

  it('writes one note by itself, soon', async () => {
    const journal = createJournal(database, logger);
    journal.add(entry({ subject: 'alone' }));
    expect(await count()).to.equal(0);
    while ((await count()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await subjects()).to.deep.equal(['alone']);
  });

  it('has written everything once it is flushed, what came meanwhile included', async () => {
    const journal = createJournal(database, logger);
    for (let i = 0; i < 100; i++) journal.add(entry());
    const flushed = journal.flush();
    for (let i = 0; i < 100; i++) journal.add(entry());
    await flushed;
    expect(await count()).to.equal(200);
    await journal.flush();
    expect(await count()).to.equal(200);
  });

  it('is flushed when the host stops', async () => {
    const own = await openRoom(engine);
    try {
      for (let i = 0; i < 10; i++) own.activities.note(entry());
      await own.host.close();
      expect(await own.activities.recent(own.database)).to.have.length(10);
    } finally {
      await own.close();
    }
  });

  it('keeps its notes while the database is away, and writes each of them once', async () => {
    const journal = createJournal(database, logger);
    refuse = away;
    for (let i = 0; i < 200; i++) journal.add(entry({ subject: String(i) }));
    await journal.flush();
    await journal.flush();
    expect(logged.map(({ level, message }) => `${level} ${message}`)).to.include(
      'error activity entries could not be written; they are kept and tried again',
    );
    refuse = undefined;
    for (let i = 200; i < 210; i++) journal.add(entry({ subject: String(i) }));
    await journal.flush();
    expect(await subjects()).to.deep.equal(Array.from({ length: 210 }, (_, i) => String(i)));
  });

  it('goes on by itself once the database is back', async () => {
    const journal = createJournal(database, logger);
    refuse = away;
    journal.add(entry({ subject: 'waits' }));
    await journal.flush();
    refuse = undefined;
    while ((await count()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await subjects()).to.deep.equal(['waits']);
  });

  it('drops the oldest beyond ten thousand, and says how many', async () => {
    const journal = createJournal(database, logger);
    refuse = away;
    for (let i = 0; i < 10_200; i++) journal.add(entry({ subject: String(i) }));
    await journal.flush();
    refuse = undefined;
    await journal.flush();
    const { fields } = logged.find(({ message }) => message.includes('were dropped')) ?? {};
    expect(Number(fields?.dropped) + Number(await count())).to.equal(10_200);
    expect(fields?.dropped).to.be.within(200 - 64, 200);
    expect((await subjects()).at(-1)).to.equal('10199');
    logged = [];
    journal.add(entry());
    await journal.flush();
    expect(logged).to.deep.equal([]);
  });

  it('counts in the log what it could not write until the stop', async () => {
    const journal = createJournal(database, logger);
    refuse = away;
    for (let i = 0; i < 130; i++) journal.add(entry());
    await journal.stop();
    expect(logged.at(-1)).to.deep.equal({
      level: 'error',
      message: 'activity entries are lost: the database could not be reached until the stop',
      fields: { lost: 130 },
    });
    logged = [];
    refuse = undefined;
    await journal.flush();
    expect([await count(), logged]).to.deep.equal([0, []]);
  });

  it('loses one note that the database never takes, and none of the others', async () => {
    const journal = createJournal(database, logger);
    refuse = (_, values) =>
      values.some((value) => String(value).includes('poison'))
        ? new DatabaseError('DB_VALUE', 'a value does not fit')
        : undefined;
    for (let i = 0; i < 100; i++) journal.add(entry({ subject: i === 37 ? 'poison' : String(i) }));
    await journal.flush();
    expect(await subjects())
      .to.have.length(99)
      .and.not.include('poison');
    expect(logged.map(({ message }) => message)).to.deep.equal(['an activity entry can not be stored and is lost']);
  });

  it('takes what makes no sense as well as it can be read', async () => {
    const journal = createJournal(database, logger);
    journal.add(entry({ status: Number.NaN, at: new Date(Number.NaN), connectionId: -1, customerId: 1.5 }));
    await journal.flush();
    const [stored] = await room.activities.recent(room.database);
    expect(stored).to.deep.include({ status: 0, at: '1970-01-01 00:00:00.000' });
    expect([stored?.connectionId, stored?.customerId]).to.deep.equal([undefined, undefined]);
  });
});
