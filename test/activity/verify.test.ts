import { expect } from 'chai';
import { type Sql, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ActivityRoom, entry, openRoom } from './room.ts';

onBothEngines('activity:verify', (engine) => {
  let room: ActivityRoom;
  const count = 520;
  /** The id of the record number `n`, from 0. */
  let ids: number[];
  before(async () => {
    room = await openRoom(engine);
    await room.record(
      Array.from({ length: count }, (_, i) => entry({ subject: `user-${i}`, customerId: i + 1, requestId: `r-${i}` })),
    );
    await room.jobs.seal();
    ids = (
      await room.database.all<{ activity_id: number }>(
        sql`SELECT activity_id FROM {vestibule_activity_record} ORDER BY activity_id`,
      )
    ).map(({ activity_id }) => activity_id);
  });
  after(() => room.close());
  afterEach(async () => {
    expect(await room.verifier.verify()).to.deep.include({ intact: true, seals: 3, records: count });
  });

  /** Tampers, verifies, and puts back what stood there. */
  async function faultAfter(tamper: Sql, putBack: Sql, ...more: Sql[]) {
    await room.database.run(tamper);
    try {
      return (await room.verifier.verify()).fault;
    } finally {
      for (const query of [putBack, ...more]) await room.database.run(query);
    }
  }
  const recordRow = async (id: number) => {
    const row = await room.database.first<{ seal_id: number; occurred_ms: number; entry: string }>(
      sql`SELECT seal_id, occurred_ms, entry FROM {vestibule_activity_record} WHERE activity_id = ${id}`,
    );
    if (!row) throw new Error(`no record ${id}`);
    return row;
  };
  const insert = (id: number, { seal_id, occurred_ms, entry: text }: Awaited<ReturnType<typeof recordRow>>) =>
    sql`INSERT INTO {vestibule_activity_record} (seal_id, activity_id, occurred_ms, entry) VALUES (${seal_id}, ${id}, ${occurred_ms}, ${text})`;

  it('names the first record that was changed, by as little as a character', async () => {
    for (const n of [0, 255, 256, count - 2]) {
      const [id, later] = [ids[n] ?? 0, ids[n + 1] ?? 0];
      const [row, laterRow] = [await recordRow(id), await recordRow(later)];
      const write = (of: number, text: string) =>
        sql`UPDATE {vestibule_activity_record} SET entry = ${text} WHERE activity_id = ${of}`;
      await room.database.run(write(later, '{}'));
      const fault = await faultAfter(
        write(id, row.entry.replace('user-', 'User-')),
        write(id, row.entry),
        write(later, laterRow.entry),
      );
      expect(fault).to.deep.include({ what: 'record', tampering: 'changed', recordId: id, sealId: row.seal_id });
      expect(fault?.message).to.contain(`Record ${id} was changed`);
    }
  });

  it('names the first record that was removed', async () => {
    for (const n of [0, 300, count - 1]) {
      const id = ids[n] ?? 0;
      const row = await recordRow(id);
      const fault = await faultAfter(
        sql`DELETE FROM {vestibule_activity_record} WHERE activity_id = ${id}`,
        insert(id, row),
      );
      expect(fault).to.deep.include({ what: 'record', tampering: 'removed', recordId: id, sealId: row.seal_id });
    }
  });

  it('names a record that was inserted, under a seal or under none', async () => {
    const row = await recordRow(ids[10] ?? 0);
    for (const [id, seal_id] of [
      [9_999_999, 2],
      [9_999_999, 77],
      [9_999_999, 0],
    ] as const) {
      const fault = await faultAfter(
        insert(id, { ...row, seal_id }),
        sql`DELETE FROM {vestibule_activity_record} WHERE activity_id = ${id}`,
      );
      expect(fault).to.deep.include({ what: 'record', tampering: 'inserted', recordId: id, sealId: seal_id });
    }
  });

  it('sees a seal that was changed, removed, or cut off at the end', async () => {
    const seals = await room.database.all<Record<string, string | number | Buffer | null>>(
      sql`SELECT * FROM {vestibule_activity_seal} ORDER BY seal_id`,
    );
    const putBack = ({
      seal_id,
      sealed_ms,
      record_count,
      first_id,
      last_id,
      first_ms,
      last_ms,
      leaves_digest,
      leaves,
      digest,
    }: (typeof seals)[number]) =>
      sql`INSERT INTO {vestibule_activity_seal} (seal_id, sealed_ms, record_count, first_id, last_id, first_ms, last_ms, leaves_digest, leaves, digest) VALUES (${seal_id}, ${sealed_ms}, ${record_count}, ${first_id}, ${last_id}, ${first_ms}, ${last_ms}, ${leaves_digest}, ${leaves}, ${digest})`;
    for (const [index, number] of [1, 2, 3].entries()) {
      const seal = seals[index];
      if (!seal) throw new Error('no seal');
      expect(
        await faultAfter(sql`DELETE FROM {vestibule_activity_seal} WHERE seal_id = ${number}`, putBack(seal)),
      ).to.deep.include({ what: 'seal', tampering: 'removed', sealId: number });
      expect(
        await faultAfter(
          sql`UPDATE {vestibule_activity_seal} SET last_ms = last_ms + 1 WHERE seal_id = ${number}`,
          sql`UPDATE {vestibule_activity_seal} SET last_ms = last_ms - 1 WHERE seal_id = ${number}`,
        ),
      ).to.deep.include({ what: 'seal', tampering: 'changed', sealId: number });
    }
    const head = await room.database.first<{ digest: string }>(sql`SELECT digest FROM {vestibule_activity_head}`);
    expect(
      await faultAfter(
        sql`UPDATE {vestibule_activity_head} SET seal_id = 2, digest = ${seals[1]?.digest}`,
        sql`UPDATE {vestibule_activity_head} SET seal_id = 3, digest = ${head?.digest}`,
      ),
    ).to.deep.include({ what: 'seal', tampering: 'changed', sealId: 2 });
  });

  it('sees that the list of records in a seal was changed', async () => {
    const seal = await room.database.first<{ leaves: Buffer }>(
      sql`SELECT leaves FROM {vestibule_activity_seal} WHERE seal_id = 2`,
    );
    if (!seal) throw new Error('no seal');
    const fault = await faultAfter(
      sql`UPDATE {vestibule_activity_seal} SET leaves = ${seal.leaves.subarray(22)} WHERE seal_id = 2`,
      sql`UPDATE {vestibule_activity_seal} SET leaves = ${seal.leaves} WHERE seal_id = 2`,
    );
    expect(fault).to.deep.include({ what: 'seal', tampering: 'changed', sealId: 2 });
    expect(fault?.message).to.contain('The list of records in seal 2');
  });

  it('sees a purge that this store did not do', async () => {
    expect(
      await faultAfter(
        sql`UPDATE {vestibule_activity_seal} SET purged_ms = 1, purge_mark = ${`0:${'0'.repeat(64)}`} WHERE seal_id = 2`,
        sql`UPDATE {vestibule_activity_seal} SET purged_ms = NULL, purge_mark = NULL WHERE seal_id = 2`,
      ),
    ).to.deep.include({ what: 'seal', tampering: 'changed', sealId: 2 });
  });

  it('sees that a record was hidden from reports', async () => {
    const id = ids[5] ?? 0;
    expect(
      await faultAfter(
        sql`UPDATE {vestibule_activity_search} SET customer_id = 999999 WHERE activity_id = ${id}`,
        sql`UPDATE {vestibule_activity_search} SET customer_id = 6 WHERE activity_id = ${id}`,
      ),
    ).to.deep.include({ what: 'search', tampering: 'changed', recordId: id });
  });

  it('finds a head that was noted before, and misses one that is not there', async () => {
    const { head } = await room.verifier.verify();
    if (!head) throw new Error('no head');
    expect((await room.verifier.verify({ anchors: [head] })).intact).to.equal(true);
    for (const anchor of [
      { ...head, digest: `0:${'0'.repeat(64)}` },
      { ...head, sealId: 4 },
    ])
      expect((await room.verifier.verify({ anchors: [anchor] })).fault).to.deep.include({
        what: 'anchor',
        sealId: anchor.sealId,
      });
  });

  it('tells how far it has come', async () => {
    const told: number[][] = [];
    await room.verifier.verify({ progress: (...now) => void told.push(now) });
    expect(told).to.deep.equal([[3, 3, count]]);
  });
});
