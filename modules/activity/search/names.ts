import { type Executor, type ExtensionPoint, extensionPoint } from '../../framework/index.ts';
import { ActivityError } from '../error.ts';
import type { Kind } from './kind.ts';

/** An application as administrators know it: what `connectionId` of an entry stands for. */
export interface Application {
  readonly connectionId: number;
  readonly code: string;
  /** What people call it, where that is not the code. */
  readonly name?: string;
}

/** An application of records; without a name where it is gone. */
export type ReportedApplication = Pick<Application, 'code' | 'name'>;

/** Names the connections that entries carry by number. The room that owns connections contributes it. */
export interface ApplicationNames {
  list(db: Executor): Promise<readonly Application[]>;
}
export const ApplicationNames: ExtensionPoint<ApplicationNames> = extensionPoint('activity.ApplicationNames');

/** Finds customers by what people call them: a userName, an e-mail, an externalId. Rooms that know some contribute it. */
export interface CustomerIdentifiers {
  /** Customers of any website; a handful at most. */
  find(db: Executor, identifier: string): Promise<readonly number[]>;
}
export const CustomerIdentifiers: ExtensionPoint<CustomerIdentifiers> = extensionPoint('activity.CustomerIdentifiers');

/** What other rooms know of the numbers in entries. */
export interface Names {
  /** Present applications, and deleted ones that left kinds. */
  all(db: Executor, kinds: readonly Kind[]): Promise<readonly ReportedApplication[]>;
  codes(db: Executor): Promise<ReadonlyMap<number, string>>;
  codeOf(db: Executor, connectionId: number): Promise<string | undefined>;
  /** Connections that have, or had, this code. @throws ActivityError `APPLICATION_UNKNOWN` */
  connectionsOf(db: Executor, code: string, kinds: readonly Kind[]): Promise<ReadonlySet<number>>;
  customersOf(db: Executor, identifier: string): Promise<readonly number[]>;
}

export function createNames(
  applications: readonly ApplicationNames[],
  identifiers: readonly CustomerIdentifiers[],
): Names {
  async function codes(db: Executor): Promise<ReadonlyMap<number, string>> {
    const all = new Map<number, string>();
    for (const source of applications)
      for (const { connectionId, code } of await source.list(db)) all.set(connectionId, code);
    return all;
  }
  return {
    async all(db, kinds) {
      const found = new Map<string, ReportedApplication>();
      for (const { application } of kinds) if (application !== null) found.set(application, { code: application });
      for (const source of applications)
        for (const { connectionId: _, ...application } of await source.list(db))
          found.set(application.code, application);
      return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
    },
    codes,
    codeOf: async (db, connectionId) => (await codes(db)).get(connectionId),
    async connectionsOf(db, code, kinds) {
      const wanted = code.trim().toLowerCase();
      const present = await codes(db);
      const known = [
        ...[...present].map(([id, name]) => ({ id, name })),
        // A connection that was deleted has left its code with its records.
        ...kinds.flatMap(({ connection_id: id, application: name }) => (name === null ? [] : [{ id, name }])),
      ];
      const found = new Set(known.filter(({ name }) => name.toLowerCase() === wanted).map(({ id }) => id));
      const [, number] = /^#(\d{1,10})$/.exec(wanted) ?? [];
      if (number !== undefined) found.add(Number(number));
      if (found.size > 0) return found;
      const codesKnown = [...new Set(known.map(({ name }) => name))].sort();
      throw new ActivityError(
        'APPLICATION_UNKNOWN',
        `No application has the code "${code}"${codesKnown.length > 0 ? `; there are ${codesKnown.slice(0, 20).join(', ')}` : ''}.`,
      );
    },
    async customersOf(db, identifier) {
      const found: number[] = [];
      for (const source of identifiers) found.push(...(await source.find(db, identifier)));
      return [...new Set(found)];
    },
  };
}
