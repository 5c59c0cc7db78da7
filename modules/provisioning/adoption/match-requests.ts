import type { Activities } from '../../activity/index.ts';
import { type Connection, ConnectionError } from '../../connection/index.ts';
import {
  type Executor,
  type ServiceToken,
  type Sql,
  service,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../../framework/index.ts';

export const matchStates = ['pending', 'approved', 'denied'] as const;
export type MatchState = (typeof matchStates)[number];

/** Somebody whom an identity provider takes for a customer that no connection manages. */
export interface MatchRequest {
  readonly id: number;
  readonly connectionId: number;
  readonly connection: string;
  readonly customerId: number;
  /** The customer's address in the store. */
  readonly email: string | null;
  /** As the identity provider says it. */
  readonly userName: string;
  /** What the two have in common: `id`, when the provider named the customer itself, or a target of the mapping. */
  readonly matchedBy: string;
  readonly state: MatchState;
  readonly firstAt: string;
  readonly lastAt: string;
  /** How often it was asked. */
  readonly times: number;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
}

/** What administrators say to match requests. The identity provider's next attempt finds it. */
export interface MatchRequests {
  /** Newest first, at most a thousand. */
  list(
    db: Executor,
    filter?: { connectionId?: number | undefined; state?: MatchState | undefined; before?: number | undefined },
  ): Promise<readonly MatchRequest[]>;
  /** The two are one: the next attempt takes the customer over. @throws ConnectionError `MATCH_UNKNOWN` */
  approve(tx: Transaction, id: number, by: string, now: Date): Promise<MatchRequest>;
  /** They are two: the customer is never taken for this userName again. @throws ConnectionError `MATCH_UNKNOWN` */
  deny(tx: Transaction, id: number, by: string, now: Date): Promise<MatchRequest>;
}
export const MatchRequests: ServiceToken<MatchRequests> = service<MatchRequests>('provisioning.MatchRequests');

interface MatchRow {
  request_id: number;
  connection_id: number;
  code: string;
  customer_id: number;
  email: string | null;
  user_name: string;
  matched_by: string;
  state: MatchState;
  first_at: string;
  last_at: string;
  times: number;
  decided_at: string | null;
  decided_by: string | null;
}

const readRequest = (row: MatchRow): MatchRequest => ({
  id: row.request_id,
  connectionId: row.connection_id,
  connection: row.code,
  customerId: row.customer_id,
  email: row.email,
  userName: row.user_name,
  matchedBy: row.matched_by,
  state: row.state,
  firstAt: row.first_at,
  lastAt: row.last_at,
  times: row.times,
  decidedAt: row.decided_at,
  decidedBy: row.decided_by,
});

const mostShown = 1000;

const select: Sql = sql`SELECT m.request_id, m.connection_id, n.code, m.customer_id, c.email, m.user_name, m.matched_by, m.state, m.first_at, m.last_at, m.times, m.decided_at, m.decided_by FROM {vestibule_match_request} m JOIN {vestibule_connection} n ON n.connection_id = m.connection_id JOIN {customer_entity} c ON c.entity_id = m.customer_id`;

/** The service over `vestibule_match_request`. */
export function createMatchRequests(activities: Activities): MatchRequests {
  const one = async (tx: Transaction, id: number): Promise<MatchRequest> => {
    const row = await tx.first<MatchRow>(sql`${select} WHERE m.request_id = ${id}`);
    if (row) return readRequest(row);
    throw new ConnectionError('MATCH_UNKNOWN', `There is no match request ${id}; match:list shows those that wait.`);
  };
  const decide = async (tx: Transaction, id: number, state: MatchState, by: string, now: Date) => {
    await tx.run(
      sql`UPDATE {vestibule_match_request} SET state = ${state}, decided_at = ${sqlTimestamp(now)}, decided_by = ${by.slice(0, 255)} WHERE request_id = ${id}`,
    );
    const request = await one(tx, id);
    activities.record(tx, {
      at: now,
      operation: state === 'approved' ? 'match.approve' : 'match.deny',
      outcome: 'done',
      status: 200,
      connectionId: request.connectionId,
      customerId: request.customerId,
      subject: request.userName,
      actor: by,
    });
    return request;
  };
  return {
    async list(db, { connectionId, state, before } = {}) {
      const rows = await db.all<MatchRow>(
        sql`${select} WHERE ${connectionId === undefined ? sql`1 = 1` : sql`m.connection_id = ${connectionId}`} AND ${state === undefined ? sql`1 = 1` : sql`m.state = ${state}`} AND ${before === undefined ? sql`1 = 1` : sql`m.request_id < ${before}`} ORDER BY m.request_id DESC LIMIT ${mostShown}`,
      );
      return rows.map(readRequest);
    },
    approve: (tx, id, by, now) => decide(tx, id, 'approved', by, now),
    deny: (tx, id, by, now) => decide(tx, id, 'denied', by, now),
  };
}

/** A match that was found and that nobody has decided about. */
export interface UndecidedMatch {
  readonly connection: Connection;
  readonly customerId: number;
  readonly userName: string;
  readonly userNameKey: string;
  readonly matchedBy: string;
}

/** What was said to a match, or undefined while nobody was asked. */
export async function decisionOf(
  db: Executor,
  { connection, customerId, userNameKey }: Pick<UndecidedMatch, 'connection' | 'customerId' | 'userNameKey'>,
): Promise<MatchState | undefined> {
  const row = await db.first<{ state: MatchState }>(
    sql`SELECT state FROM {vestibule_match_request} WHERE connection_id = ${connection.id} AND customer_id = ${customerId} AND user_name_key = ${userNameKey}`,
  );
  return row?.state;
}

/** Whoever takes a customer over has been answered, and so has everybody else who asked for it. */
export function closeRequests(tx: Transaction, customerId: number): void {
  tx.later(sql`DELETE FROM {vestibule_match_request} WHERE customer_id = ${customerId}`);
}

/** So many may wait for a connection: whoever has its token can't fill the table. */
const mostPending = 1000;

/** The request by which it was asked already; undefined where nobody was asked. */
export async function waitingRequest(
  db: Executor,
  { connection, customerId, userNameKey }: Pick<UndecidedMatch, 'connection' | 'customerId' | 'userNameKey'>,
  lock: Sql = sql``,
): Promise<number | undefined> {
  const row = await db.first<{ request_id: number }>(
    sql`SELECT request_id FROM {vestibule_match_request} WHERE connection_id = ${connection.id} AND customer_id = ${customerId} AND user_name_key = ${userNameKey} ${lock}`,
  );
  return row?.request_id;
}

/** Asks, or notes that it was asked again; answers the request's id, or undefined where too many wait already. */
export async function askWhether(tx: Transaction, match: UndecidedMatch, now: Date): Promise<number | undefined> {
  const { connection, customerId, userName, userNameKey, matchedBy } = match;
  const at = sqlTimestamp(now);
  const known = await waitingRequest(tx, match, tx.dialect.forUpdate);
  if (known !== undefined) {
    await tx.run(
      sql`UPDATE {vestibule_match_request} SET last_at = ${at}, times = times + 1, matched_by = ${matchedBy} WHERE request_id = ${known}`,
    );
    return known;
  }
  const pending = await tx.first<{ n: number }>(
    sql`SELECT COUNT(*) AS n FROM {vestibule_match_request} WHERE connection_id = ${connection.id} AND state = ${'pending'}`,
  );
  if (Number(pending?.n ?? 0) >= mostPending) return undefined;
  const { insertId } = await tx.run(
    sql`INSERT INTO {vestibule_match_request} (connection_id, customer_id, user_name_key, user_name, matched_by, state, first_at, last_at) VALUES (${connection.id}, ${customerId}, ${userNameKey}, ${userName}, ${matchedBy}, ${'pending'}, ${at}, ${at})`,
  );
  return insertId;
}
