import { sharedServer } from './databases.ts';
import { type MariadbServer, mariadbProgram, startMariadb } from './mariadb.ts';

let server: MariadbServer | undefined;

/** Test files run in several processes: they share one MariaDB, which is there before the first and stopped after the last. */
export async function mochaGlobalSetup(): Promise<void> {
  const { TEST_MYSQL_URL: given, VESTIBULE_TEST_ENGINES: engines } = process.env;
  if ((given !== undefined && given !== '') || engines === 'sqlite') return;
  await mariadbProgram();
  server = await startMariadb();
  process.env[sharedServer] = server.url;
}

export async function mochaGlobalTeardown(): Promise<void> {
  await server?.stop();
}
