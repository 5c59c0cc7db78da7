import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connect, type Database, type Environment, installationAt, runCli } from '../../modules/framework/index.ts';
import { templateOf } from './template.ts';

/** What one command did; `writes` counts the pieces in which it wrote to stdout. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly writes: number;
}

/** The real command line with every module, in this process: wording and exit codes need no process of their own. */
export interface CommandLine {
  run(...argv: string[]): Promise<Ran>;
  /** Runs with `--json` what must succeed, and answers its one line. */
  json<T = Record<string, unknown>>(...argv: string[]): Promise<T>;
  /** The same with another environment. */
  with(changes: Partial<Environment>): CommandLine;
  onDatabase<T>(work: (database: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens the command line on an upgraded store of its own: SQLite in a folder, unless `databaseUrl` says otherwise. */
export async function openCommandLine(given: Partial<Environment> = {}): Promise<CommandLine> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-commands-'));
  const template = process.env[templateOf.sqlite];
  if (template !== undefined && !given.tablePrefix) await copyFile(template, `${folder}/store.sqlite`);
  const line = commandLine(folder, {
    host: '127.0.0.1',
    port: 3000,
    baseUrl: 'https://id.shop.example',
    databaseUrl: `sqlite:${folder}/store.sqlite`,
    tablePrefix: '',
    cryptKeys: ['0123456789abcdef0123456789ABCDEF'],
    nodeEnv: 'test',
    logLevel: 'info',
    root: folder,
    configOverrides: {},
    ...given,
  });
  expect(await line.run('setup:upgrade')).to.include({ code: 0, err: '' });
  return line;
}

function commandLine(folder: string, environment: Environment): CommandLine {
  const line: CommandLine = {
    async run(...argv) {
      let [out, err, writes] = ['', '', 0];
      const code = await runCli({
        argv,
        installation: installationAt(new URL('../../cli.ts', import.meta.url).href),
        readEnvironment: () => environment,
        stdout: (text) => {
          out += text;
          writes++;
        },
        stderr: (text) => {
          err += text;
        },
      });
      return { code, out, err, writes };
    },
    async json<T>(...argv: string[]): Promise<T> {
      const { code, out, err } = await line.run(...argv, '--json');
      expect({ code, err }, argv.join(' ')).to.deep.equal({ code: 0, err: '' });
      expect(out).to.match(/^[^\n]+\n$/);
      return JSON.parse(out) as T;
    },
    with: (changes) => commandLine(folder, { ...environment, ...changes }),
    async onDatabase(work) {
      const database = await connect({ url: environment.databaseUrl });
      try {
        return await work(database);
      } finally {
        await database.close();
      }
    },
    close: () => rm(folder, { recursive: true }),
  };
  return line;
}
