import { expect } from 'chai';
import { type Connection, Connections } from '../../../modules/connection/index.ts';
import { Events, Logger, sql } from '../../../modules/framework/index.ts';
import { type Keeping, keepRequest, type Waiting } from '../../../modules/provisioning/guard/hold/keep.ts';
import { DeprovisioningHeld } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('Of several requests that open a hold at once', (engine) => {
  let host: ScimHost;
  let connection: Connection;
  let told: number[];
  before(async () => {
    host = await openHost(engine);
    connection = await host.host.resolve(Connections).byCode(host.database, 'default');
  });
  after(() => host.close());
  beforeEach(async () => {
    told = [];
    for (const table of ['held_customer', 'held', 'hold'])
      await host.database.run({ sql: `DELETE FROM {vestibule_guard_${table}}`, values: [] });
  });

  const keeping = (): Keeping => {
    const { database } = host;
    return {
      database,
      logger: host.host.resolve(Logger),
      events: {
        ...host.host.resolve(Events),
        emit: async (happened, payload) => {
          if (happened.id === DeprovisioningHeld.id) told.push((payload as { holdId: number }).holdId);
        },
      },
    };
  };
  const waiting = (id: string): Waiting => ({
    connection,
    request: { operation: 'user.delete', id, body: {}, hadPassword: false },
    requestId: id,
    tripped: { wouldBe: 11, limit: 10, active: 30, kind: 'delete', subject: id, customers: [Number(id)] },
    at: host.now(),
  });
  const holds = () => host.rows<{ hold_id: number }>(sql`SELECT hold_id FROM {vestibule_guard_hold}`);
  const kept = async () =>
    (
      await host.rows<{ resource_id: string }>(sql`SELECT resource_id FROM {vestibule_guard_held} ORDER BY resource_id`)
    ).map(({ resource_id }) => resource_id);

  it('one opens it, the other keeps its request in that one, and there is one alert', async () => {
    const first = keeping();
    const { database } = first;
    let transactions = 0;
    const late: Keeping = {
      ...first,
      database: Object.assign(Object.create(database) as typeof database, {
        // Between finding that no hold is open and opening one, another request does both.
        transaction: async (work: Parameters<typeof database.transaction>[0]) => {
          if (++transactions === 2) await keepRequest(first, waiting('8'));
          return database.transaction(work);
        },
      }),
    };
    const holdId = await keepRequest(late, waiting('7'));
    expect(transactions).to.equal(3);
    expect((await holds()).map(({ hold_id }) => hold_id)).to.deep.equal([holdId]);
    expect(told).to.deep.equal([holdId]);
    expect(await kept()).to.deep.equal(['7', '8']);
  });

  it('a second open hold is refused by the database itself, and one that was decided about is not in the way', async () => {
    const { hold_id: holdId } = { hold_id: await keepRequest(keeping(), waiting('7')) };
    const twice = await host.database
      .run(
        sql`INSERT INTO {vestibule_guard_hold} (connection_id, open_connection_id, status, since, opened_at, limit_count, would_be, active_count) SELECT connection_id, open_connection_id, status, since, opened_at, limit_count, would_be, active_count FROM {vestibule_guard_hold} WHERE hold_id = ${holdId}`,
      )
      .catch((error: unknown) => error);
    expect(twice).to.include({ name: 'DuplicateKeyError' });
    await host.database.run(
      sql`UPDATE {vestibule_guard_hold} SET status = 'denied', open_connection_id = NULL WHERE hold_id = ${holdId}`,
    );
    const next = await keepRequest(keeping(), waiting('9'));
    expect(next).to.be.above(holdId);
    expect(told).to.deep.equal([holdId, next]);
  });

  it('many at once come to one hold, in which each is kept once', async () => {
    await host.warm();
    const ids = Array.from({ length: 12 }, (_, i) => String(100 + i));
    const found = await Promise.all([...ids, ...ids].map((id) => keepRequest(keeping(), waiting(id))));
    expect(new Set(found).size).to.equal(1);
    expect(await holds()).to.have.length(1);
    expect(told).to.deep.equal([found[0]]);
    expect(await kept()).to.deep.equal(ids);
  });
});
