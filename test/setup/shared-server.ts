import { sharedServer } from './databases.ts';
import { type MariadbServer, mariadbProgram, startMariadb } from './mariadb.ts';
import { makeTemplates, type Templates } from './template.ts';

let server: MariadbServer | undefined;
let templates: Templates | undefined;

/** Test files run in several processes: they share one MariaDB, which is there before the first and stopped after the last. */
export async function mochaGlobalSetup(): Promise<void> {
  const { TEST_MYSQL_URL: given, VESTIBULE_TEST_ENGINES: engines } = process.env;
  if ((given === undefined || given === '') && engines !== 'sqlite') {
    await mariadbProgram();
    server = await startMariadb();
    process.env[sharedServer] = server.url;
  }
  templates = await makeTemplates(engines === 'sqlite' ? ['sqlite'] : ['sqlite', 'mysql']);
}

export async function mochaGlobalTeardown(): Promise<void> {
  await templates?.remove();
  await server?.stop();
}
