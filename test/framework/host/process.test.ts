import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { compile } from '../../../scripts/compile.mjs';
import { freePort } from '../../setup/free-port.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));

const children = new Set<ChildProcess>();

interface Program {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<number | null>;
}

/** Runs the project's compiled server or command line as `npm start` does, in an environment of its own. */
function run(file: string, argv: readonly string[], variables: Record<string, string>): Program {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--disable-proto=delete', '--enable-source-maps', file, ...argv], {
    cwd: project,
    env: { PATH, HOME, CRYPT_KEY: '0123456789abcdef0123456789ABCDEF', ...variables },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  children.add(child);
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { child, out: () => out, err: () => err, ended };
}

async function says(program: Program, words: string): Promise<void> {
  while (!program.out().includes(words)) {
    const code = await Promise.race([program.ended, new Promise((resolve) => setTimeout(resolve, 20, 'running'))]);
    if (code !== 'running') throw new Error(`ended with ${String(code)}: ${program.err()}`);
  }
}

describe('the program', () => {
  let folder: string;
  let variables: Record<string, string>;
  before(async () => {
    await compile();
    folder = await mkdtemp(join(tmpdir(), 'vestibule-program-'));
    variables = { DATABASE_URL: `sqlite:${folder}/store.sqlite`, PORT: String(await freePort()) };
  });
  after(async () => {
    // a test that failed half-way must not leave a server behind
    for (const child of children) child.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('starts on nothing, tells its secrets once, serves beside the command line, and stops on SIGTERM', async function () {
    this.timeout(60_000);
    const first = run('dist/server.js', [], variables);
    await says(first, 'Vestibule listens');
    expect(first.out()).to.contain('This is shown once');
    const ready = await fetch(`http://127.0.0.1:${variables.PORT}/health/ready`);
    expect(ready.status).to.equal(200);

    const cli = run('dist/cli.js', ['setup:db:status', '--json'], variables);
    expect(await cli.ended).to.equal(0);
    expect(JSON.parse(cli.out())).to.include({ state: 'up-to-date' });

    const second = run('dist/server.js', [], variables);
    expect(await second.ended).to.equal(1);
    expect(second.out()).to.equal('');
    expect(second.err()).to.match(/^vestibule: Port \d+ on 127\.0\.0\.1 is taken[^\n]*\n$/);

    first.child.kill('SIGTERM');
    expect(await first.ended).to.equal(0);
    expect(first.err()).to.equal('');

    const later = run('dist/server.js', [], { ...variables, NODE_ENV: 'production' });
    await says(later, 'Vestibule listens');
    expect(later.out()).not.to.match(/shown once|bearer/i);
    later.child.kill('SIGINT');
    expect(await later.ended).to.equal(0);
  });

  const wrong: [string, Record<string, string>, RegExp][] = [
    ['a wrong variable', { PORT: 'many' }, /PORT is wrong/],
    ['a wrong DATABASE_URL', { DATABASE_URL: 'postgres://x' }, /DATABASE_URL/],
    ['a database that cannot be reached', { DATABASE_URL: 'mysql://u:hush@127.0.0.1:1/x' }, /127\.0\.0\.1/],
  ];
  for (const [what, changes, words] of wrong) {
    it(`ends with 1 and one line for ${what}`, async () => {
      const program = run('dist/server.js', [], { ...variables, ...changes });
      expect(await program.ended).to.equal(1);
      expect(program.err())
        .to.match(/^vestibule: [^\n]+\n$/)
        .and.match(words)
        .and.not.contain('hush');
    });
  }
});
