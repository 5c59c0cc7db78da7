import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import mysql from 'mysql2/promise';
import { connect } from '../../modules/framework/database/connect.ts';
import { createTestHost, installationAt } from '../../modules/framework/index.ts';
import { createMysqlDatabase } from './databases.ts';
import { dataRoot } from './mariadb.ts';

/** Says to all test processes where migrated databases are, to be copied: migrating one costs three times as much. */
export const templateOf = {
  /** A file in a folder of its own, where its copies go too: whatever a test leaves behind goes with the folder. */
  sqlite: 'VESTIBULE_TEST_TEMPLATE_SQLITE',
  /** The name of a database on the tests' server. */
  mysql: 'VESTIBULE_TEST_TEMPLATE_MYSQL',
} as const;

export interface Templates {
  remove(): Promise<void>;
}

/** Makes a migrated database of every enabled module on each of these engines. */
export async function makeTemplates(engines: readonly ('sqlite' | 'mysql')[]): Promise<Templates> {
  const installation = installationAt(new URL('../../server.ts', import.meta.url).href);
  const modules = await installation.load(await installation.enabled());
  const removals: (() => Promise<void>)[] = [];
  async function migrated(url: string): Promise<void> {
    const database = await connect({ url });
    await (await createTestHost({ modules, database })).close();
    await database.close();
  }
  if (engines.includes('sqlite')) {
    const folder = await mkdtemp(join(await dataRoot(), 'vestibule-template-'));
    removals.push(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'template.sqlite');
    await migrated(`sqlite:${file}`);
    process.env[templateOf.sqlite] = file;
  }
  if (engines.includes('mysql')) {
    const { url, drop } = await createMysqlDatabase();
    await migrated(url);
    process.env[templateOf.mysql] = new URL(url).pathname.slice(1);
    removals.push(drop);
  }
  return {
    async remove() {
      for (const name of Object.values(templateOf)) delete process.env[name];
      for (const removal of removals) await removal();
    },
  };
}

/** A new file that is a copy of the template; undefined where there is none. Making the tables costs ten times as much. */
export async function sqliteCopy(): Promise<string | undefined> {
  const template = process.env[templateOf.sqlite];
  if (template === undefined) return undefined;
  const file = join(dirname(template), `${process.pid}-${randomBytes(6).toString('hex')}.sqlite`);
  await copyFile(template, file);
  return file;
}

/** A text that fills an empty MySQL database like the template; undefined where there is none. Read once. */
let mysqlText: Promise<string> | undefined;
export function mysqlCopy(server: URL): Promise<string> | undefined {
  const name = process.env[templateOf.mysql];
  if (name === undefined) return undefined;
  mysqlText ??= readMysql(server, name);
  return mysqlText;
}

async function readMysql(server: URL, name: string): Promise<string> {
  const at = new URL(server);
  at.pathname = `/${name}`;
  const connection = await mysql.createConnection({ uri: at.href, rowsAsArray: true });
  const rows = async (text: string): Promise<string[][]> => (await connection.query(text))[0] as unknown as string[][];
  try {
    const statements = ['SET foreign_key_checks = 0', "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO'"];
    for (const [table = ''] of await rows('SHOW TABLES')) {
      const [[, created = ''] = []] = await rows(`SHOW CREATE TABLE \`${table}\``);
      statements.push(created);
      if ((await rows(`SELECT 1 FROM \`${table}\` LIMIT 1`)).length > 0)
        statements.push(`INSERT INTO \`${table}\` SELECT * FROM \`${name}\`.\`${table}\``);
    }
    for (const [trigger = ''] of await rows('SHOW TRIGGERS')) {
      const [[, , created = ''] = []] = await rows(`SHOW CREATE TRIGGER \`${trigger}\``);
      statements.push(created);
    }
    return statements.join(';\n');
  } finally {
    await connection.end();
  }
}
