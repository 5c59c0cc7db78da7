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
  /** Those that are present, by the numbers that entries carry. */
  present(db: Executor): Promise<ReadonlyMap<number, ReportedApplication>>;
  codeOf(db: Executor, connectionId: number): Promise<string | undefined>;
  /**
   * Connections that have, or had, this code; where none has, those of this name. Case says nothing.
   * @throws ActivityError `APPLICATION_UNKNOWN`
   */
  connectionsOf(db: Executor, called: string, kinds: readonly Kind[]): Promise<ReadonlySet<number>>;
  customersOf(db: Executor, identifier: string): Promise<readonly number[]>;
}

const folded = (text: string): string => text.trim().toLowerCase();

export function createNames(
  applications: readonly ApplicationNames[],
  identifiers: readonly CustomerIdentifiers[],
): Names {
  async function present(db: Executor): Promise<ReadonlyMap<number, ReportedApplication>> {
    const all = new Map<number, ReportedApplication>();
    for (const source of applications)
      for (const { connectionId, ...application } of await source.list(db)) all.set(connectionId, application);
    return all;
  }
  return {
    async all(db, kinds) {
      const found = new Map<string, ReportedApplication>();
      for (const { application } of kinds) if (application !== null) found.set(application, { code: application });
      for (const application of (await present(db)).values()) found.set(application.code, application);
      return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
    },
    present,
    codeOf: async (db, connectionId) => (await present(db)).get(connectionId)?.code,
    async connectionsOf(db, called, kinds) {
      const wanted = folded(called);
      const known: readonly (ReportedApplication & { readonly id: number })[] = [
        ...[...(await present(db))].map(([id, application]) => ({ id, ...application })),
        // A connection that was deleted has left its code with its records.
        ...kinds.flatMap(({ connection_id: id, application: code }) => (code === null ? [] : [{ id, code }])),
      ];
      const found = new Set(known.filter(({ code }) => folded(code) === wanted).map(({ id }) => id));
      const [, number] = /^#(\d{1,10})$/.exec(wanted) ?? [];
      if (number !== undefined) found.add(Number(number));
      if (found.size > 0) return found;
      const named = known.filter(({ name }) => name !== undefined && folded(name) === wanted).map(({ id }) => id);
      if (named.length > 0) return new Set(named);
      const codesKnown = [...new Set(known.map(({ code }) => code))].sort();
      throw new ActivityError(
        'APPLICATION_UNKNOWN',
        `No application has the code or the name "${called}"${codesKnown.length > 0 ? `; there are ${codesKnown.slice(0, 20).join(', ')}` : ''}.`,
      );
    },
    async customersOf(db, identifier) {
      const found: number[] = [];
      for (const source of identifiers) found.push(...(await source.find(db, identifier)));
      return [...new Set(found)];
    },
  };
}
