import type { Connection, RowDataPacket } from 'mysql2/promise';

/** What a request made the database do. */
export interface Work {
  /** Statements that change or read something: BEGIN, COMMIT and the like are not among them. */
  readonly statements: number;
  /**
   * Rows and index entries that the storage engine was asked for (Handler_read_*), and those that it looked at for itself
   * while it pushed a condition down into an index (Handler_icp_attempts): a scan can hide there.
   */
  readonly rows: number;
}

const boundaries = ['Com_begin', 'Com_commit', 'Com_rollback', 'Com_set_option'];

async function read(connection: Connection): Promise<Work> {
  const [variables] = await connection.query<RowDataPacket[]>(
    `SHOW GLOBAL STATUS WHERE Variable_name LIKE 'Handler_read%' OR Variable_name = 'Handler_icp_attempts' OR Variable_name IN ('Questions', ${boundaries.map((name) => `'${name}'`).join(', ')})`,
  );
  let [statements, rows] = [0, 0];
  for (const { Variable_name: name, Value: value } of variables) {
    if (name === 'Questions') statements += Number(value);
    else if (boundaries.includes(String(name))) statements -= Number(value);
    else rows += Number(value);
  }
  return { statements, rows };
}

const less = (a: Work, b: Work): Work => ({ statements: a.statements - b.statements, rows: a.rows - b.rows });

/** Reads the counters often enough to meet a moment in which the server under test does nothing by itself. */
const looks = 5;

const lesser = (a: Work, b: Work): Work =>
  b.statements < a.statements || (b.statements === a.statements && b.rows < a.rows) ? b : a;

/**
 * What reading the counters counts itself. The least of some times: whatever a server does of its own accord meanwhile
 * would otherwise be taken off the request, which then seems to cost less than it does.
 */
async function costOfReading(connection: Connection): Promise<Work> {
  let before = await read(connection);
  let least: Work | undefined;
  for (let i = 0; i < looks; i++) {
    const after = await read(connection);
    const cost = less(after, before);
    least = least ? lesser(least, cost) : cost;
    before = after;
  }
  return least ?? { statements: Number.NaN, rows: Number.NaN };
}

async function countedWith(reading: Work, connection: Connection, request: () => Promise<unknown>): Promise<Work> {
  const before = await read(connection);
  await request();
  return less(less(await read(connection), before), reading);
}

/** Counts over the whole database server, which nobody else may use: the server under test runs in its own process. */
export async function workOf(connection: Connection, request: () => Promise<unknown>): Promise<Work> {
  return countedWith(await costOfReading(connection), connection, request);
}

/**
 * The least of several tries: a server also writes its journal and forgets what it knew for seconds, now and then, and
 * that must not be put down to the request that happens to run.
 */
export async function leastWork(
  connection: Connection,
  tries: number,
  request: (nth: number) => Promise<unknown>,
): Promise<Work> {
  const reading = await costOfReading(connection);
  let least: Work | undefined;
  for (let i = 0; i < tries; i++) {
    const work = await countedWith(reading, connection, () => request(i));
    least = least ? lesser(least, work) : work;
  }
  return least ?? { statements: Number.NaN, rows: Number.NaN };
}
