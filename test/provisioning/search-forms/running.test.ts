import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { Checkups, Clock, Logger, sql } from '../../../modules/framework/index.ts';
import { Room } from '../../../modules/provisioning/room.ts';
import { createSearchForms } from '../../../modules/provisioning/search-forms/create-search-forms.ts';
import type { SearchFormsProgress } from '../../../modules/provisioning/search-forms/search-forms.ts';
import { settleUsers } from '../../../modules/provisioning/user/settle.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { seedUsers } from '../search/seed.ts';

onBothEngines('Bringing users to the mapping in effect, for searches,', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
    await seedUsers(host, 450);
  });
  after(() => host.close());
  beforeEach(async () => {
    await host.database.run(sql`DELETE FROM {vestibule_search_forms}`);
  });

  /** One of several processes on the same database. */
  const process = () => {
    const { resolve } = host.host;
    return createSearchForms({
      room: resolve(Room),
      connections: resolve(Connections),
      clock: resolve(Clock),
      logger: resolve(Logger),
    });
  };
  const connection = () => host.host.resolve(Connections).byCode(host.database, 'default');

  it('goes on where a process was stopped, in another one', async () => {
    const [first, second] = [process(), process()];
    let stopping: Promise<void> | undefined;
    await first.drain(() => {
      stopping ??= first.stop();
    });
    await stopping;
    expect(await first.progress(host.database, await connection())).to.include({
      finished: false,
      done: 200,
      total: 450,
    });
    const told: number[] = [];
    await second.drain((_, { done }) => told.push(done));
    expect(told).to.deep.equal([400, 450, 450]);
    expect(await first.progress(host.database, await connection())).to.include({ finished: true, done: 450 });
  });

  it('is done by one process at a time, and by the next once the first shows no sign for a minute', async () => {
    const [first, second] = [process(), process()];
    const seen: number[] = [];
    let meanwhile: Promise<void> | undefined;
    let within: SearchFormsProgress | undefined;
    await first.drain((_, progress) => {
      within ??= progress;
      meanwhile ??= second.drain((_, { done }) => seen.push(done));
    });
    await meanwhile;
    expect(within?.done).to.equal(200);
    expect(seen).to.deep.equal([]);
    await host.database.run(
      sql`UPDATE {vestibule_search_forms} SET ended_at = NULL, done = 0, last_customer_id = 0, claimed_by = 'killed', claimed_until = '2024-05-06 12:01:00.000'`,
    );
    await second.drain((_, { done }) => seen.push(done));
    expect(seen).to.deep.equal([]);
    host.advance(61);
    await second.drain((_, { done }) => seen.push(done));
    expect(seen).to.deep.equal([200, 400, 450, 450]);
  });

  it('is reported once nobody has gone on with it for two minutes, and neither while it is done nor at once', async () => {
    const checkup = host.host.resolve(Checkups).find(({ name }) => name === 'provisioning.search');
    const found = async () => (await checkup?.look())?.map(({ found }) => found);
    const one = process();
    let stopping: Promise<void> | undefined;
    const during: (readonly string[] | undefined)[] = [];
    await one.drain(() => {
      stopping ??= found()
        .then((some) => void during.push(some))
        .then(() => one.stop());
    });
    await stopping;
    expect(during).to.deep.equal([[]]);
    host.advance(120);
    expect(await found()).to.deep.equal([]);
    host.advance(1);
    expect((await found())?.join()).to.match(/default, \d+ of 450 are looked at, and no server goes on/);
    await process().drain();
    expect(await found()).to.deep.equal([]);
  });

  describe('of somebody who is', () => {
    let id: string;
    let made = 0;
    beforeEach(async () => {
      id = await host.scim.create({ userName: `raced${++made}`, displayName: 'É', title: 'Clerk' });
      await host.database.run(sql`UPDATE {customer_entity} SET firstname = 'Other' WHERE entity_id = ${Number(id)}`);
    });

    /** Settles the user, and lets something happen between reading it and writing it. */
    async function settledWhile(happens: () => Promise<unknown>): Promise<number> {
      const room = host.host.resolve(Room);
      const { database } = room;
      const interrupted = Object.assign(Object.create(database) as typeof database, {
        all: database.all.bind(database),
        first: database.first.bind(database),
        run: database.run.bind(database),
        transaction: async (work: Parameters<typeof database.transaction>[0]) => {
          await happens();
          return database.transaction(work);
        },
      });
      return settleUsers({ ...room, database: interrupted } as Room, await connection(), [Number(id)]);
    }
    const stored = () =>
      host.row<{ search: string | null; document: string }>(
        sql`SELECT search, document FROM {vestibule_user_document} WHERE customer_id = ${Number(id)}`,
      );

    it('left alone meanwhile, writes what was read', async () => {
      expect(await settledWhile(async () => undefined)).to.equal(1);
      expect((await stored()).search).to.include('clerk');
    });

    it('changed meanwhile, within the same millisecond, leaves what the request wrote', async () => {
      const changes = () => host.scim.patch(id, { op: 'replace', path: 'title', value: 'Lady Ö' });
      expect(await settledWhile(changes)).to.equal(0);
      expect((await stored()).search)
        .to.include('lady ö')
        .and.not.include('clerk');
    });

    it('deleted meanwhile, brings none of its names back', async () => {
      expect(await settledWhile(() => host.scim.delete(id))).to.equal(0);
      expect(
        await host.rows(sql`SELECT * FROM {vestibule_user_email} WHERE customer_id = ${Number(id)}`),
      ).to.deep.equal([]);
      expect(
        await host.row(sql`SELECT display_key FROM {vestibule_user} WHERE customer_id = ${Number(id)}`),
      ).to.deep.equal({ display_key: null });
    });
  });
});
