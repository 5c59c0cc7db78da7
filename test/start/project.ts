import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { compile } from '../../scripts/compile.mjs';

const checkout = fileURLToPath(new URL('../../', import.meta.url));

export interface Program {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** The exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Waits until stdout holds these words. @throws Error with stderr when the program ends before */
  says(words: string): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<number | string>;
}

/** A fresh clone, as far as a user can tell: the checkout's code with an empty `var/` and no `.env` of its own. */
export interface Project {
  readonly root: string;
  /** Runs `npm start` (server.ts) or `npm run cli` (cli.ts) as package.json says. */
  run(file: 'server.ts' | 'cli.ts', argv?: readonly string[], variables?: Record<string, string>): Program;
  /** Runs one command to its end. */
  cli(argv: readonly string[], variables?: Record<string, string>): Promise<CommandOutcome>;
  /** Compiles its own sources, where it has any, as `npm start` and `npm run cli` do it. */
  compile(): Promise<void>;
  dispose(): Promise<void>;
}

export interface CommandOutcome {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/**
 * Programs find their folder from where their file lies, so the two compiled files are copied and what they import is
 * linked. Compiling is left out where nothing has changed, as `npm start` does it. With `sources` it is a project to write
 * in: the sources are copied, and nothing is compiled yet.
 */
export async function createProject(settings: Record<string, string> = {}, sources = false): Promise<Project> {
  if (!sources) await compile();
  const root = await mkdtemp(join(tmpdir(), 'vestibule-clone-'));
  await (sources ? copySources(root) : linkCompiled(root));
  const running = new Set<ChildProcess>();

  const run: Project['run'] = (file, argv = [], variables = {}) => {
    const { PATH = '', HOME = '' } = process.env;
    const compiled = join('dist', file.replace(/\.ts$/, '.js'));
    const child = spawn(process.execPath, ['--disable-proto=delete', '--enable-source-maps', compiled, ...argv], {
      cwd: root,
      env: { PATH, HOME, ...settings, ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const text = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text.out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      text.err += chunk;
    });
    const ended = new Promise<number | string>((resolve) => {
      child.on('close', (code, signal) => {
        running.delete(child);
        resolve(code ?? signal ?? 'unknown');
      });
    });
    return {
      child,
      out: () => text.out,
      err: () => text.err,
      ended,
      says: (words) =>
        new Promise((resolve, reject) => {
          const look = () => {
            if (text.out.includes(words)) resolve();
          };
          child.stdout.on('data', look);
          look();
          void ended.then((code) => reject(new Error(`it ended with ${code}: ${text.err}`)));
        }),
      stop(signal = 'SIGTERM') {
        child.kill(signal);
        return ended;
      },
    };
  };

  return {
    root,
    run,
    async cli(argv, variables) {
      const program = run('cli.ts', argv, variables);
      return { code: await program.ended, out: program.out(), err: program.err() };
    },
    async compile() {
      if (sources) await promisify(execFile)(process.execPath, ['scripts/compile.mjs'], { cwd: root });
    },
    async dispose() {
      for (const child of running) child.kill('SIGKILL');
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function linkCompiled(root: string): Promise<void> {
  await mkdir(join(root, 'dist'));
  for (const file of ['dist/server.js', 'dist/cli.js', 'package.json'])
    await copyFile(join(checkout, file), join(root, file));
  for (const folder of ['dist/chunks', 'dist/config', 'dist/migrations', 'dist/modules', 'config', 'node_modules'])
    await symlink(join(checkout, folder), join(root, folder), 'dir');
}

async function copySources(root: string): Promise<void> {
  for (const part of [
    'package.json',
    'tsconfig.json',
    'server.ts',
    'cli.ts',
    'config',
    'migrations',
    'modules',
    'scripts',
  ])
    await cp(join(checkout, part), join(root, part), { recursive: true });
  await symlink(join(checkout, 'node_modules'), join(root, 'node_modules'), 'dir');
}

/** Runs a line as it would be pasted into a terminal. */
export function paste(line: string): Promise<CommandOutcome> {
  const child = spawn('sh', ['-c', line], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code: code ?? 1, out, err }));
  });
}
