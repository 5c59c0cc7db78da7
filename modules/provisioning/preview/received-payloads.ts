import type { ActivityReports, StoredActivity } from '../../activity/index.ts';
import type { Connection } from '../../connection/index.ts';
import { type Executor, remembering, type ServiceToken, service } from '../../framework/index.ts';
import { isObject } from '../../scim/index.ts';
import { withoutSecrets } from './redacted.ts';

/** A request that was really received, as its record keeps it. */
export interface ReceivedPayload {
  /** Id of the record. */
  readonly record: number;
  /** UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
  readonly at: string;
  readonly operation: string;
  readonly outcome: string;
  readonly status: number;
  readonly subject: string | undefined;
  readonly connectionId: number | undefined;
  readonly method: string;
  /** Below the SCIM base. */
  readonly path: string;
  /** Without what was redacted; undefined where nothing was sent. */
  readonly body: unknown;
  /** Names of what was sent and is not kept, because it is secret. */
  readonly left: readonly string[];
  /** True where the record could not hold all of it. */
  readonly cut: boolean;
}

/** What identity providers have really sent, for trials. */
export interface ReceivedPayloads {
  /** The newest requests about users that came with a body, 20 unless said, at most 100. A page hands its database in. */
  recent(connection: Connection, limit?: number, db?: Executor): Promise<readonly ReceivedPayload[]>;
  /** The newest whole user that was sent (POST, PUT), for the state of required attributes. */
  lastUser(connection: Connection): Promise<ReceivedPayload | undefined>;
  /** The request behind a record; undefined where there is no such record. */
  ofRecord(id: number): Promise<ReceivedPayload | 'not kept' | undefined>;
}
export const ReceivedPayloads: ServiceToken<ReceivedPayloads> = service<ReceivedPayloads>(
  'provisioning.ReceivedPayloads',
);

/** Everything that is recorded of a request that makes or changes a user. */
const whole = [
  'user.create',
  'user.replace',
  'user.adopt',
  'user.reactivate',
  'user.revive',
  'user.activate',
  'user.deactivate',
];
const changes = [...whole, 'user.patch'];
/** Records without a body that are passed over for each one that is wanted. */
const patience = 20;

export function createReceivedPayloads(database: Executor, reports: ActivityReports): ReceivedPayloads {
  async function newest(
    connection: Connection,
    actions: readonly string[],
    limit: number,
    fits: (payload: ReceivedPayload) => boolean,
    db: Executor = database,
  ): Promise<ReceivedPayload[]> {
    const found: ReceivedPayload[] = [];
    const filter = { connectionId: connection.id, actions };
    for await (const item of reports.walk(remembering(db), filter, { limit: limit * patience })) {
      const payload = payloadOf(item);
      if (payload && payload.body !== undefined && !payload.cut && fits(payload)) found.push(payload);
      if (found.length === limit) break;
    }
    return found;
  }
  return {
    recent: (connection, limit = 20, db = database) =>
      newest(connection, changes, Math.min(Math.max(1, limit), 100), () => true, db),
    async lastUser(connection) {
      const isWhole = ({ method }: ReceivedPayload): boolean => method === 'POST' || method === 'PUT';
      return (await newest(connection, whole, 1, isWhole))[0];
    },
    async ofRecord(id) {
      const item = await reports.record(database, id);
      return item && (payloadOf(item) ?? 'not kept');
    },
  };
}

/** The request in a record, if it kept one. */
export function payloadOf(item: StoredActivity): ReceivedPayload | undefined {
  const { payload } = item;
  if (!isObject(payload) || typeof payload.method !== 'string' || typeof payload.path !== 'string') return undefined;
  const { body, left, cut } = withoutSecrets(payload.body);
  return {
    record: item.id,
    at: item.at,
    operation: item.operation,
    outcome: item.outcome,
    status: item.status,
    subject: item.subject,
    connectionId: item.connectionId,
    method: payload.method,
    path: payload.path,
    body,
    left,
    cut,
  };
}
