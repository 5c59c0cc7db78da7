import type { Activities, ModifiedAttribute } from '../activity/index.ts';
import {
  type Clock,
  type Database,
  type Executor,
  type ExtensionPoint,
  extensionPoint,
  type ServiceToken,
  service,
} from '../framework/index.ts';
import type { Connection, ConnectionChanges, Connections } from './connection.ts';

/**
 * Looks at policies whose words another room knows: a filter over users, the code of a customer group. Asked of what
 * the connection would be then, outside of any transaction.
 */
export interface PolicyCheck {
  /** @throws ConnectionError `POLICY_INVALID` */
  check(database: Database, changed: Connection, given: ConnectionChanges): Promise<void>;
  /** What a policy may be, to be offered to people: codes of customer groups. */
  offered?(db: Executor): Promise<Offered>;
}

/** Values that are offered for policies which hold another room's words. */
export interface Offered {
  readonly defaultGroup?: readonly string[];
}
export const PolicyChecks: ExtensionPoint<PolicyCheck> = extensionPoint<PolicyCheck>('connection.PolicyChecks');

/** Changes of a connection as administrators make them: looked at by every room whose words they use. */
export interface ConnectionEditor {
  /** Looks at what a connection would be, written or not. @throws ConnectionError `POLICY_INVALID` */
  check(changed: Connection, given: ConnectionChanges): Promise<void>;
  /** What may be chosen, at most 200 values of each. */
  offered(db: Executor): Promise<Offered>;
  /**
   * Sets what is given and nothing else, and records it under the name of who did it; running servers follow within 5 s.
   * @throws ConnectionError `CONNECTION_UNKNOWN`, `NAME_INVALID`, `ADDRESS_INVALID`, `RATE_INVALID`, `POLICY_INVALID`
   */
  change(code: string, changes: ConnectionChanges, actor?: string): Promise<Connection>;
}
export const ConnectionEditor: ServiceToken<ConnectionEditor> =
  service<ConnectionEditor>('connection.ConnectionEditor');

/** More are no choice any more; whoever needs another one types it. */
const mostOffered = 200;

/** The editor over the connections of this store. */
export const createConnectionEditor = (
  database: Database,
  connections: Connections,
  activities: Activities,
  clock: Clock,
  checks: readonly PolicyCheck[],
): ConnectionEditor => ({
  async check(changed, given) {
    for (const each of checks) await each.check(database, changed, given);
  },
  async offered(db) {
    const all: Offered[] = [];
    for (const { offered } of checks) if (offered) all.push(await offered(db));
    return { defaultGroup: all.flatMap(({ defaultGroup = [] }) => defaultGroup).slice(0, mostOffered) };
  },
  async change(code, changes, actor = 'administration') {
    const before = await connections.byCode(database, code);
    const changed = { ...before, ...changes, policy: { ...before.policy, ...changes.policy } };
    for (const each of checks) await each.check(database, changed, changes);
    return database.transaction(async (tx) => {
      const after = await connections.change(tx, code, changes);
      const modified = modifiedOf(before, after);
      if (modified.length > 0)
        activities.record(tx, {
          at: clock.now(),
          operation: 'connection.change',
          outcome: 'done',
          status: 200,
          connectionId: after.id,
          subject: code,
          actor,
          changed: modified.map(({ attribute }) => attribute),
          modified,
        });
      return after;
    });
  },
});

/** What differs, policies each by its own name. */
function modifiedOf(before: Connection, after: Connection): ModifiedAttribute[] {
  const [was, is] = [flat(before), flat(after)];
  return Object.keys(is)
    .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
    .map((attribute) => ({ attribute, before: was[attribute], after: is[attribute] }));
}

const flat = ({ policy, ...connection }: Connection): Record<string, unknown> => ({ ...connection, ...policy });
