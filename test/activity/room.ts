import { Activities, type ActivityEntry } from '../../modules/activity/index.ts';
import activity from '../../modules/activity/module.ts';
import { type CountedStatements, countStatements } from '../../modules/framework/database/index.ts';
import { createTestHost, type Logger, type TestHost } from '../../modules/framework/index.ts';
import type { OpenedDatabase, TestEngine } from '../setup/databases.ts';

export interface ActivityRoom {
  readonly database: OpenedDatabase['database'];
  readonly host: TestHost;
  readonly activities: Activities;
  readonly statements: CountedStatements;
  close(): Promise<void>;
}

/** The activity room on a store of its own. */
export async function openRoom(engine: TestEngine, logger?: Logger): Promise<ActivityRoom> {
  const opened = await engine.open();
  const host = await createTestHost({
    modules: [activity],
    database: opened.database,
    ...(logger ? { logger } : {}),
  });
  return {
    database: opened.database,
    host,
    activities: host.resolve(Activities),
    statements: countStatements(opened.database),
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
