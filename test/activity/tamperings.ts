import { leavesDigest, leavesOf } from '../../modules/activity/seal/leaves.ts';
import { raw, type Sql, sql, type Transaction } from '../../modules/framework/index.ts';

export interface TamperedRecord {
  readonly seal_id: number;
  readonly activity_id: number;
  readonly occurred_ms: number;
  readonly entry: string;
}

export interface TamperedSeal {
  readonly seal_id: number;
  readonly digest: string;
  readonly purged_ms: number | null;
  readonly purge_mark: string | null;
}

/** The tables of a record as they were sealed, for somebody who writes to the database by hand. */
export interface Sealed {
  readonly records: readonly TamperedRecord[];
  readonly seals: readonly TamperedSeal[];
}

/** What somebody without CRYPT_KEY may try. `pick` answers a number from 0 below its argument. Answers the record meant. */
export type Tamper = (tx: Transaction, sealed: Sealed, pick: (below: number) => number) => Promise<number | undefined>;

const one = <T>(of: readonly T[], pick: (below: number) => number): T => {
  const chosen = of[pick(of.length)];
  if (chosen === undefined) throw new Error('there is nothing to tamper with');
  return chosen;
};
/** Two different ones. */
const two = <T>(of: readonly T[], pick: (below: number) => number): [T, T] => {
  const first = one(of, pick);
  return [
    first,
    one(
      of.filter((other) => other !== first),
      pick,
    ),
  ];
};
const isRecord = ({ seal_id, activity_id }: TamperedRecord): Sql =>
  sql`seal_id = ${seal_id} AND activity_id = ${activity_id}`;
const isFound = ({ occurred_ms, activity_id }: TamperedRecord): Sql =>
  sql`occurred_ms = ${occurred_ms} AND activity_id = ${activity_id}`;
const write = (tx: Transaction, record: TamperedRecord, entry: string) =>
  tx.run(sql`UPDATE {vestibule_activity_record} SET entry = ${entry} WHERE ${isRecord(record)}`);
const removeRecords = async (tx: Transaction, which: Sql) => {
  await tx.run(
    sql`DELETE FROM {vestibule_activity_search} WHERE activity_id IN (SELECT activity_id FROM {vestibule_activity_record} WHERE ${which})`,
  );
  await tx.run(sql`DELETE FROM {vestibule_activity_record} WHERE ${which}`);
};
const searchColumns = 'kind_id, connection_id, customer_id, subject_hash, request_hash';
const sealColumns = [
  ...['sealed_ms', 'record_count', 'first_id', 'last_id', 'first_ms', 'last_ms'],
  ...['leaves_digest', 'digest'],
] as const;

/** Everything that was thought of, by name. */
export const tamperings: Readonly<Record<string, Tamper>> = {
  async 'a character of a record is another'(tx, { records }, pick) {
    const record = one(records, pick);
    const at = pick(record.entry.length);
    const put = record.entry[at] === 'x' ? 'y' : 'x';
    await write(tx, record, `${record.entry.slice(0, at)}${put}${record.entry.slice(at + 1)}`);
    return record.activity_id;
  },
  async 'a record says what another says'(tx, { records }, pick) {
    const [record, other] = two(records, pick);
    await write(tx, record, other.entry);
    return record.activity_id;
  },
  async 'two records exchange their texts'(tx, { records }, pick) {
    const [record, other] = two(records, pick);
    await write(tx, record, other.entry);
    await write(tx, other, record.entry);
    return undefined;
  },
  async 'two records exchange their ids'(tx, { records }, pick) {
    const [record, other] = two(records, pick);
    const name = (from: TamperedRecord, to: number) =>
      tx.run(sql`UPDATE {vestibule_activity_record} SET activity_id = ${to} WHERE ${isRecord(from)}`);
    await name(record, 4_000_000);
    await name(other, record.activity_id);
    await name({ ...record, activity_id: 4_000_000 }, other.activity_id);
    return undefined;
  },
  async 'a record is put under another seal'(tx, { records, seals }, pick) {
    const record = one(records, pick);
    const { seal_id } = one(
      seals.filter((seal) => seal.seal_id !== record.seal_id),
      pick,
    );
    await tx.run(sql`UPDATE {vestibule_activity_record} SET seal_id = ${seal_id} WHERE ${isRecord(record)}`);
    await tx.run(sql`UPDATE {vestibule_activity_search} SET seal_id = ${seal_id} WHERE ${isFound(record)}`);
    return undefined;
  },
  async 'a record gets another time'(tx, { records }, pick) {
    const record = one(records, pick);
    await tx.run(
      sql`UPDATE {vestibule_activity_record} SET occurred_ms = ${record.occurred_ms + 1 + pick(1_000)} WHERE ${isRecord(record)}`,
    );
    return record.activity_id;
  },
  async 'a record is removed'(tx, { records }, pick) {
    const record = one(records, pick);
    if (pick(2)) await tx.run(sql`DELETE FROM {vestibule_activity_search} WHERE ${isFound(record)}`);
    await tx.run(sql`DELETE FROM {vestibule_activity_record} WHERE ${isRecord(record)}`);
    return record.activity_id;
  },
  async 'all records of a seal are removed'(tx, { records }, pick) {
    await removeRecords(tx, sql`seal_id = ${one(records, pick).seal_id}`);
    return undefined;
  },
  async 'a record is inserted'(tx, { records, seals }, pick) {
    const { occurred_ms, entry } = one(records, pick);
    const record = { ...one(seals, pick), activity_id: 4_000_000 + pick(9), occurred_ms, entry };
    await tx.run(
      sql`INSERT INTO {vestibule_activity_record} (seal_id, activity_id, occurred_ms, entry) VALUES (${record.seal_id}, ${record.activity_id}, ${occurred_ms}, ${entry})`,
    );
    return record.activity_id;
  },
  async 'a search row says something else'(tx, { records }, pick) {
    const record = one(records, pick);
    const column = one([...searchColumns.split(', '), 'seal_id'], pick);
    await tx.run(
      sql`UPDATE {vestibule_activity_search} SET ${raw(column)} = COALESCE(${raw(column)}, 0) + ${1 + pick(99)} WHERE ${isFound(record)}`,
    );
    return record.activity_id;
  },
  async 'a record is hidden from reports'(tx, { records }, pick) {
    const record = one(records, pick);
    await tx.run(sql`DELETE FROM {vestibule_activity_search} WHERE ${isFound(record)}`);
    return record.activity_id;
  },
  async 'a record is shown twice'(tx, { records }, pick) {
    const record = one(records, pick);
    await tx.run(
      sql`INSERT INTO {vestibule_activity_search} (occurred_ms, activity_id, seal_id, ${raw(searchColumns)}) SELECT occurred_ms + ${1 + pick(1_000_000)}, activity_id, seal_id, ${raw(searchColumns)} FROM {vestibule_activity_search} WHERE ${isFound(record)}`,
    );
    return record.activity_id;
  },
  async 'a kind means something else'(tx, _, pick) {
    const change = one(
      [
        sql`operation = 'user.other'`,
        sql`outcome = 'failed'`,
        sql`status = status + 100`,
        sql`connection_id = connection_id + 7`,
      ],
      pick,
    );
    const kinds = await tx.all<{ kind_id: number }>(
      sql`SELECT k.kind_id FROM {vestibule_activity_kind} k WHERE EXISTS (SELECT 1 FROM {vestibule_activity_search} s WHERE s.kind_id = k.kind_id) ORDER BY k.kind_id`,
    );
    await tx.run(sql`UPDATE {vestibule_activity_kind} SET ${change} WHERE kind_id = ${one(kinds, pick).kind_id}`);
    return undefined;
  },
  async 'a seal says something else'(tx, { seals }, pick) {
    const column = one(sealColumns, pick);
    const to = column.endsWith('digest')
      ? sql`REPLACE(${raw(column)}, SUBSTR(${raw(column)}, -1, 1), 'g')`
      : sql`${raw(column)} + 1`;
    const { seal_id } = one(seals, pick);
    await tx.run(sql`UPDATE {vestibule_activity_seal} SET ${raw(column)} = ${to} WHERE seal_id = ${seal_id}`);
    return undefined;
  },
  async 'a seal is removed, with its records or without'(tx, { seals }, pick) {
    const { seal_id } = one(seals, pick);
    await tx.run(sql`DELETE FROM {vestibule_activity_seal} WHERE seal_id = ${seal_id}`);
    if (pick(2)) await removeRecords(tx, sql`seal_id = ${seal_id}`);
    return undefined;
  },
  async 'two seals exchange their numbers'(tx, { seals }, pick) {
    const [first, second] = two(seals, pick);
    for (const [from, to] of [
      [first.seal_id, 9_000],
      [second.seal_id, first.seal_id],
      [9_000, second.seal_id],
    ])
      await tx.run(sql`UPDATE {vestibule_activity_seal} SET seal_id = ${to} WHERE seal_id = ${from}`);
    return undefined;
  },
  async 'a record is changed, and its seal made to fit as far as can be without the key'(tx, { records }, pick) {
    const record = one(records, pick);
    const entry = record.entry.replace(/"status":\d+/, `"status":${300 + pick(99)}`);
    await write(tx, record, entry);
    const under = records.filter(({ seal_id }) => seal_id === record.seal_id);
    const leaves = leavesOf(
      under.map((each) => ({ id: each.activity_id, entry: each === record ? entry : each.entry })),
    );
    await tx.run(
      sql`UPDATE {vestibule_activity_seal} SET leaves = ${leaves}, leaves_digest = ${leavesDigest(leaves)} WHERE seal_id = ${record.seal_id}`,
    );
    return undefined;
  },
  async 'the newest seals are cut off, and the head is put back'(tx, { seals }, pick) {
    const last = one(seals.slice(0, -1), pick);
    await removeRecords(tx, sql`seal_id > ${last.seal_id}`);
    await tx.run(sql`DELETE FROM {vestibule_activity_seal} WHERE seal_id > ${last.seal_id}`);
    await tx.run(sql`UPDATE {vestibule_activity_head} SET seal_id = ${last.seal_id}, digest = ${last.digest}`);
    return undefined;
  },
  async 'everything is emptied, as if nothing had ever been sealed'(tx, _, pick) {
    await tx.run(sql`UPDATE {vestibule_activity_head} SET seal_id = 0, digest = '', mark = ''`);
    const tables = ['record', 'search', 'seal'].slice(0, 1 + pick(3));
    for (const table of tables) await tx.run(sql`DELETE FROM {vestibule_activity_${raw(table)}}`);
    return undefined;
  },
  async 'the head says something else'(tx, { seals }, pick) {
    const change = one(
      [
        sql`seal_id = ${pick(seals.length - 1)}`,
        sql`seal_id = seal_id + 1`,
        sql`digest = ${seals[0]?.digest}`,
        sql`mark = digest`,
      ],
      pick,
    );
    await tx.run(sql`UPDATE {vestibule_activity_head} SET ${change}`);
    return undefined;
  },
  async 'the head is removed'(tx) {
    await tx.run(sql`DELETE FROM {vestibule_activity_head}`);
    return undefined;
  },
  async 'a purge is pretended'(tx, { seals }, pick) {
    const purged = seals.find(({ purged_ms }) => purged_ms !== null);
    const { seal_id } = one(
      seals.filter(({ purged_ms }) => purged_ms === null),
      pick,
    );
    await removeRecords(tx, sql`seal_id = ${seal_id}`);
    await tx.run(
      sql`UPDATE {vestibule_activity_seal} SET leaves = NULL, purged_ms = ${purged?.purged_ms}, purge_mark = ${purged?.purge_mark} WHERE seal_id = ${seal_id}`,
    );
    return undefined;
  },
  async 'a purge is dated otherwise, or taken back'(tx, _, pick) {
    const to = one([sql`purged_ms - ${1 + pick(1_000)}`, sql`NULL`], pick);
    await tx.run(sql`UPDATE {vestibule_activity_seal} SET purged_ms = ${to} WHERE purged_ms IS NOT NULL`);
    return undefined;
  },
  async 'a seal is added at the end'(tx, { seals }) {
    const last = seals.at(-1)?.seal_id ?? 0;
    const columns = raw(
      'sealed_ms, record_count, first_id, last_id, first_ms, last_ms, leaves_digest, leaves, digest, purged_ms, purge_mark',
    );
    await tx.run(
      sql`INSERT INTO {vestibule_activity_seal} (seal_id, ${columns}) SELECT ${last + 1}, ${columns} FROM {vestibule_activity_seal} WHERE seal_id = ${last}`,
    );
    return undefined;
  },
};
