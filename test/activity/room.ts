import {
  Activities,
  type ActivityEntry,
  ActivityReports,
  type Application,
  ApplicationNames,
  CustomerIdentifiers,
} from '../../modules/activity/index.ts';
import { ActivityJobs } from '../../modules/activity/jobs/jobs.ts';
import { ProcessLoad } from '../../modules/activity/jobs/load.ts';
import activity from '../../modules/activity/module.ts';
import { ActivityVerifier } from '../../modules/activity/seal/verification.ts';
import { type CountedStatements, countStatements } from '../../modules/framework/database/index.ts';
import { Clock, contribute, createTestHost, type Logger, type TestHost } from '../../modules/framework/index.ts';
import type { OpenedDatabase, OpenOptions, TestEngine } from '../setup/databases.ts';

export interface ActivityRoom {
  readonly database: OpenedDatabase['database'];
  readonly url: string;
  readonly host: TestHost;
  readonly activities: Activities;
  readonly reports: ActivityReports;
  readonly jobs: ActivityJobs;
  readonly verifier: ActivityVerifier;
  readonly statements: CountedStatements;
  /** Stands until it is moved. */
  readonly clock: { now(): Date; set(to: Date): void };
  /** Calm until it is told otherwise. */
  readonly load: { set(busy: boolean): void };
  /** Records entries in transactions of 500. */
  record(entries: readonly ActivityEntry[]): Promise<void>;
  close(): Promise<void>;
}

export interface RoomOptions extends OpenOptions {
  readonly logger?: Logger;
  readonly applications?: readonly Application[];
  /** Customers by what they are called. */
  readonly identifiers?: Readonly<Record<string, readonly number[]>>;
  readonly config?: Readonly<Record<string, number>>;
}

/** The activity room on a store of its own. */
export async function openRoom(engine: TestEngine, options: RoomOptions = {}): Promise<ActivityRoom> {
  const { logger, applications = [], identifiers = {}, config = {}, ...rest } = options;
  const opened = await engine.open({ migrated: true, ...rest });
  let time = new Date('2024-05-06T12:00:00.789Z');
  const clock = {
    now: () => time,
    set: (to: Date) => {
      time = to;
    },
  };
  let busy = false;
  const load = {
    busy: () => busy,
    set: (to: boolean) => {
      busy = to;
    },
  };
  const host = await createTestHost({
    modules: [
      {
        ...activity,
        contributes: [
          contribute(ApplicationNames, {}, () => ({ list: async () => applications })),
          contribute(CustomerIdentifiers, {}, () => ({ find: async (_, text) => identifiers[text] ?? [] })),
        ],
      },
    ],
    database: opened.database,
    override: [
      [Clock, clock],
      [ProcessLoad, load],
    ],
    config,
    ...(logger ? { logger } : {}),
  });
  const activities = host.resolve(Activities);
  return {
    database: opened.database,
    url: opened.url,
    host,
    activities,
    reports: host.resolve(ActivityReports),
    jobs: host.resolve(ActivityJobs),
    verifier: host.resolve(ActivityVerifier),
    statements: countStatements(opened.database),
    clock,
    load,
    async record(entries) {
      for (let start = 0; start < entries.length; start += 500)
        await opened.database.transaction(async (tx) => {
          for (const one of entries.slice(start, start + 500)) activities.record(tx, one);
        });
    },
    async close() {
      await host.close();
      await opened.dispose();
    },
  };
}

export const entry = (more: Partial<ActivityEntry> = {}): ActivityEntry => ({
  at: new Date('2024-05-06T12:00:00.789Z'),
  operation: 'user.list',
  outcome: 'unchanged',
  status: 200,
  ...more,
});
