import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installationAt, runCli } from '../../../modules/framework/index.ts';
import { environment } from '../../framework/kernel.ts';
import { templateOf } from '../../setup/template.ts';

const checkout = fileURLToPath(new URL('../../../', import.meta.url));

/** A project to write a module in: its rooms are those of the checkout, by links. */
export interface GuideProject {
  readonly root: string;
  /** Runs a line of the guide; answers what a terminal shows. */
  run(line: string): Promise<string>;
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  dispose(): Promise<void>;
}

/** Commands run in this process, where the rooms are loaded already; tests in one of their own. */
export async function openGuideProject(): Promise<GuideProject> {
  const root = await mkdtemp(join(tmpdir(), 'vestibule-guide-'));
  for (const file of ['package.json', 'tsconfig.json', 'config'])
    await cp(join(checkout, file), join(root, file), { recursive: true });
  for (const folder of ['modules', 'test', 'var']) await mkdir(join(root, folder));
  await symlink(join(checkout, 'node_modules'), join(root, 'node_modules'), 'dir');
  for (const room of await readdir(join(checkout, 'modules')))
    await symlink(join(checkout, 'modules', room), join(root, 'modules', room), 'dir');
  const settings = environment({ databaseUrl: `sqlite:${root}/var/vestibule.sqlite`, root });
  const cli = async (argv: readonly string[]): Promise<string> => {
    let printed = '';
    const say = (text: string): void => {
      printed += text;
    };
    const installation = installationAt(pathToFileURL(join(root, 'cli.ts')).href);
    await runCli({ argv, installation, readEnvironment: () => settings, stdout: say, stderr: say });
    return printed;
  };
  const template = process.env[templateOf.sqlite];
  if (template === undefined) await cli(['setup:upgrade']);
  else await cp(template, join(root, 'var/vestibule.sqlite'));

  return {
    root,
    async run(line) {
      const [, command, rest = ''] = /^npm run -s (cli --|test:room) (.*)$/.exec(line) ?? [];
      if (command === undefined) throw new Error(`The guide says "${line}", which nobody here can run.`);
      const words = [...rest.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
      return command === 'test:room' ? testRoom(root, words) : cli(words);
    },
    read: (path) => readFile(join(root, path), 'utf8'),
    async write(path, text) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    },
    dispose: () => rm(root, { recursive: true }),
  };
}

/** As package.json says. */
async function testRoom(root: string, words: readonly string[]): Promise<string> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [, ...argv] = (scripts['test:room'] ?? '').split(' ');
  // Where CI is set, mocha prints in colours, into a pipe as well.
  const env = { ...process.env, NO_COLOR: '1' };
  const child = spawn(process.execPath, [...argv, ...words], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
    });
  await new Promise((resolve) => child.once('close', resolve));
  return printed;
}
