import { expect } from 'chai';
import fc from 'fast-check';
import type { ActivityEntry, ActivityFilter, ActivityOutcome } from '../../modules/activity/index.ts';
import { actionCondition, statusCondition } from '../../modules/activity/search/condition.ts';
import { printCursor } from '../../modules/activity/search/place.ts';
import { rowsRead } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ActivityRoom, entry, openRoom } from './room.ts';

const start = Date.parse('2024-05-01T00:00:00.000Z');
const verbs = ['user.create', 'user.patch', 'user.replace', 'user.delete', 'user.read', 'group.patch'] as const;
const ends: readonly (readonly [ActivityOutcome, number])[] = [
  ['done', 200],
  ['done', 201],
  ['unchanged', 200],
  ['refused', 409],
  ['refused', 404],
  ['failed', 500],
];

/** A colourful past: one record a second, everything in every combination. */
const past = (count: number): ActivityEntry[] =>
  Array.from({ length: count }, (_, i) => {
    const [outcome, status] = ends[i % 7 === 0 ? 3 + (i % 3) : i % 3] ?? ends[0] ?? ['done', 200];
    return entry({
      at: new Date(start + Math.floor(i / 2) * 1_000),
      operation: verbs[(i * 5) % verbs.length] ?? 'user.read',
      outcome,
      status,
      connectionId: i % 11 === 0 ? undefined : 1 + (i % 3),
      customerId: i % 5 === 0 ? undefined : 1 + (i % 40),
      subject: i % 4 === 0 ? String(1 + (i % 40)) : `Usér-${i % 40}@Example.com`,
      requestId: `r-${i}`,
    });
  });

onBothEngines('Reports of activity', (engine) => {
  let room: ActivityRoom;
  const records = past(900);
  before(async () => {
    room = await openRoom(engine, {
      applications: [
        { connectionId: 1, code: 'okta', name: 'Staff of ACME' },
        { connectionId: 2, code: 'entra' },
      ],
      identifiers: { 'ada@example.com': [3, 4], 'usér-13@example.com': [14] },
    });
    await room.record(records.slice(0, 700));
    await room.jobs.seal();
    // The newest wait for their seal.
    await room.record(records.slice(700));
  });
  after(() => room.close());

  /** The request ids that a filter must answer, newest first. */
  const expected = (accepts: (entry: ActivityEntry) => boolean): string[] =>
    records
      .map((record, i) => ({ record, i }))
      .filter(({ record }) => accepts(record))
      .sort((a, b) => b.record.at.getTime() - a.record.at.getTime() || b.i - a.i)
      .map(({ record }) => record.requestId ?? '');
  const walked = async (filter: ActivityFilter): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { requestId } of room.reports.walk(room.database, filter)) ids.push(requestId ?? '');
    return ids;
  };
  const paged = async (filter: ActivityFilter, limit: number): Promise<string[]> => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await room.reports.page(room.database, filter, { limit, ...(cursor ? { cursor } : {}) });
      expect(page.items.length).to.be.at.most(limit);
      ids.push(...page.items.map(({ requestId }) => requestId ?? ''));
      cursor = page.nextCursor;
    } while (cursor);
    return ids;
  };

  it('answer the newest first, with the code and the name of the application', async () => {
    const { items, nextCursor } = await room.reports.page(room.database, {});
    expect(items.map(({ requestId }) => requestId)).to.deep.equal(expected(() => true).slice(0, 50));
    expect(nextCursor).to.be.a('string');
    const codes = new Map(items.map(({ connectionId, application }) => [connectionId, application]));
    expect([codes.get(1), codes.get(2), codes.get(3), codes.get(undefined)]).to.deep.equal([
      'okta',
      'entra',
      '#3',
      undefined,
    ]);
    const names = new Map(items.map(({ connectionId, applicationName }) => [connectionId, applicationName]));
    expect([names.get(1), names.get(2), names.get(3)]).to.deep.equal(['Staff of ACME', undefined, undefined]);
  });

  it('take a code before a name that reads the same', async () => {
    const own = await openRoom(engine, {
      applications: [
        { connectionId: 1, code: 'okta', name: 'Entra' },
        { connectionId: 2, code: 'entra', name: 'Shared' },
        { connectionId: 3, code: 'other', name: 'shared' },
      ],
    });
    try {
      await own.record([1, 2, 3].map((connectionId) => entry({ connectionId, subject: `of-${connectionId}` })));
      const subjects = async (application: string) =>
        (await own.reports.page(own.database, { application })).items.map(({ subject }) => subject).sort();
      expect(await subjects('Entra')).to.deep.equal(['of-2']);
      expect(await subjects(' SHARED ')).to.deep.equal(['of-2', 'of-3']);
    } finally {
      await own.close();
    }
  });

  it('by any filter hold exactly what a look at every record holds, in pages of any size and as a walk', async () => {
    const filters = fc.record(
      {
        application: fc.constantFrom('okta', 'staff of acme', 'ENTRA', '#3', '#9'),
        user: fc.constantFrom('7', '7-1', 'usér-13@example.com', ' USÉR-15@EXAMPLE.COM ', 'ada@example.com', 'nobody'),
        statuses: fc.subarray(['409', '4xx', '5xx', 'done', 'failure', 'success', '204'], { maxLength: 2 }),
        actions: fc.subarray(['user.create', 'update', 'group', 'delete', 'read', 'nothing'], { maxLength: 2 }),
        requestId: fc.constantFrom('r-5', 'r-880', 'r-none'),
        from: fc.integer({ min: 0, max: 500 }).map((s) => new Date(start + s * 1_000)),
        to: fc.integer({ min: 0, max: 500 }).map((s) => new Date(start + s * 1_000)),
      },
      { requiredKeys: [] },
    );
    const people: Readonly<Record<string, readonly number[]>> = {
      '7': [7],
      '7-1': [7],
      'ada@example.com': [3, 4],
      'usér-13@example.com': [14],
    };
    const connections: Readonly<Record<string, number>> = {
      okta: 1,
      'staff of acme': 1,
      ENTRA: 2,
      '#3': 3,
      '#9': 9,
    };
    const accepts = (f: ActivityFilter) => (e: ActivityEntry) =>
      (f.application === undefined || e.connectionId === connections[f.application]) &&
      (f.user === undefined ||
        (e.customerId !== undefined && (people[f.user] ?? []).includes(e.customerId)) ||
        e.subject?.toLowerCase() === f.user.trim().toLowerCase()) &&
      (!f.statuses?.length || f.statuses.some((text) => statusCondition(text)(e))) &&
      (!f.actions?.length || f.actions.some((text) => actionCondition(text)(e))) &&
      (f.requestId === undefined || e.requestId === f.requestId) &&
      (f.from === undefined || e.at >= f.from) &&
      (f.to === undefined || e.at < f.to);
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 400 }), async (filter, limit) => {
        const wanted = expected(accepts(filter));
        expect(await walked(filter)).to.deep.equal(wanted);
        expect(await paged(filter, Math.max(limit, Math.ceil(wanted.length / 8)))).to.deep.equal(wanted);
      }),
      { numRuns: 60 },
    );
  }).timeout(120_000);

  it('page through what waits for its seal like through the rest', async () => {
    const filter = { from: records[720]?.at ?? new Date(start) };
    expect(await paged(filter, 7)).to.deep.equal(expected(({ at }) => at >= filter.from));
  });

  it('lose and double nobody when records are sealed between two pages', async () => {
    const own = await openRoom(engine);
    try {
      await own.record(past(600));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await own.reports.page(own.database, {}, { limit: 70, ...(cursor ? { cursor } : {}) });
        seen.push(...page.items.map(({ requestId }) => requestId ?? ''));
        cursor = page.nextCursor;
        await own.jobs.look();
        if (seen.length === 140) await own.jobs.seal();
      } while (cursor);
      expect(seen).to.have.length(600);
      expect(new Set(seen).size).to.equal(600);
    } finally {
      await own.close();
    }
  });

  it('know the code of a connection that is gone', async () => {
    const applications = [{ connectionId: 5, code: 'gone' }];
    const own = await openRoom(engine, { applications });
    try {
      await own.record([entry({ connectionId: 5, subject: 'ada' })]);
      await own.jobs.seal();
      applications.pop();
      const { items } = await own.reports.page(own.database, { application: 'gone' });
      expect(items.map(({ application, subject }) => [application, subject])).to.deep.equal([['gone', 'ada']]);
    } finally {
      await own.close();
    }
  });

  it('say what they can not do', async () => {
    for (const [filter, code, message] of [
      [{ application: 'nope' }, 'APPLICATION_UNKNOWN', 'there are entra, okta'],
      [{ statuses: ['4xy'] }, 'FILTER_INVALID', '"4xy" is no status'],
      [{ statuses: ['constructor'] }, 'FILTER_INVALID', 'is no status'],
      [{ actions: ['drop table;'] }, 'FILTER_INVALID', 'is no action'],
    ] as const) {
      const error = await room.reports.page(room.database, filter).catch((e: Error) => e);
      expect(error).to.include({ code });
      expect((error as Error).message).to.contain(message);
    }
    const error = await room.reports.page(room.database, {}, { cursor: 'AAAA' }).catch((e: Error) => e);
    expect(error).to.include({ code: 'CURSOR_INVALID' });
  });
});

onBothEngines('A page of a report', (engine) => {
  const questions: Readonly<Record<string, ActivityFilter>> = {
    everything: {},
    'a connection': { connectionId: 2 },
    'what is rare': { statuses: ['failed'] },
    'an action and a status of a connection': { connectionId: 1, actions: ['user.create'], statuses: ['4xx'] },
    'a user': { user: 'seldom@example.com' },
    'a user and a status': { customerId: 7, statuses: ['409'] },
    'a request': { requestId: 'r-20' },
    'a span': { from: new Date(start + 30_000), to: new Date(start + 60_000) },
    'nothing that is there': { connectionId: 1, statuses: ['504'] },
  };

  it('reads as many rows at any depth of a walk', async function () {
    this.timeout(60_000);
    const room = await openRoom(engine, { poolMax: 1 });
    try {
      await room.record(past(5_000).map((record) => ({ ...record, connectionId: 1, customerId: 7 })));
      await room.jobs.seal();
      for (const filter of [{}, { connectionId: 1 }, { customerId: 7 }, { statuses: ['done'] }]) {
        const read: number[] = [];
        let cursor: string | undefined;
        for (let page = 0; page < 6; page++)
          read.push(
            (await rowsRead(room.database, async () => {
              const options = { limit: 500, ...(cursor ? { cursor } : {}) };
              cursor = (await room.reports.page(room.database, filter, options)).nextCursor;
            })) ?? 0,
          );
        expect(Math.max(...read), JSON.stringify(filter)).to.be.at.most((read[0] ?? 0) + 20);
      }
    } finally {
      await room.close();
    }
  });

  it('reads as many rows among ten times as many records', async function () {
    this.timeout(120_000);
    const sizes = [1_000, 10_000];
    const read: Record<string, number | undefined>[] = [];
    for (const size of sizes) {
      const room = await openRoom(engine, { poolMax: 1 });
      try {
        const records = past(size).map((record, i) => ({
          ...record,
          // Rare ones stay as many: in the first thousand.
          ...(i >= 1_000 && record.outcome === 'failed' ? { outcome: 'done' as const, status: 200 } : {}),
          ...(i === 3 || i === 503 ? { subject: 'seldom@example.com' } : {}),
          customerId: i < 1_000 ? record.customerId : 1_000 + (i % 4_000),
        }));
        await room.record(records);
        await room.jobs.seal();
        const of: Record<string, number | undefined> = {};
        for (const [name, filter] of Object.entries(questions)) {
          const first = await room.reports.page(room.database, filter, { limit: 20 });
          of[name] = await rowsRead(room.database, () => room.reports.page(room.database, filter, { limit: 20 }));
          if (!first.nextCursor) continue;
          const deep = printCursor({ ms: start + size * 100, id: 1 });
          of[`${name}, deep inside`] = await rowsRead(room.database, () =>
            room.reports.page(room.database, filter, { limit: 20, cursor: deep }),
          );
          room.statements.reset();
          await room.reports.page(room.database, filter, { limit: 20 });
          for (const text of [...room.statements.statements]) {
            if (engine.name !== 'sqlite' || !text.includes('activity_search')) continue;
            const plan = await room.database.all<{ detail: string }>({
              sql: `EXPLAIN QUERY PLAN ${text}`,
              values: Array.from({ length: text.split('?').length - 1 }, () => 1),
            });
            const looked = plan.map(({ detail }) => detail).filter((detail) => detail.includes('activity_search'));
            expect(looked, name).not.to.deep.equal([]);
            for (const detail of looked) expect(detail, name).to.match(/^SEARCH .*(INDEX|PRIMARY KEY)/);
          }
        }
        read.push(of);
      } finally {
        await room.close();
      }
    }
    const [few, many] = read;
    for (const name of Object.keys(few ?? {})) {
      if (few?.[name] === undefined) continue;
      // A page may be full among many and not among few; what several ranges give is counted again when it is put together.
      expect(many?.[name], name).to.be.at.most(few[name] + 100);
      expect(many?.[name], name).to.be.below(600);
    }
  });
});
