import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { partNames } from '../../modules/framework/scaffold/part.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const name = 'loyalty-tier';

/**
 * The way of a module that is written outside: `npm run build` publishes types, `module:create --path` writes the package, which
 * is compiled against them, tested, and installed into a project as a registry would: without a host of its own.
 */
export async function packageCampaign(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-package-'));
  try {
    const steps: readonly [string, (at: Places) => Promise<boolean>][] = [
      ['the host publishes its types', () => runs(checkout, ['scripts/build.mjs'])],
      ['a package is written', write],
      ['it compiles against them as it was written', ({ own }) => runs(own, [tsc])],
      ['its one test is red and says what to finish', red],
      ['finished, it is green', finish],
      ['a wrong use of the kit does not compile', misuse],
      ['it is found, fits, and answers in a project that has installed it', install],
    ];
    const places = { own: join(folder, name), project: join(folder, 'project') };
    for (const [what, step] of steps) {
      const done = await step(places);
      console.log(`${done ? 'ok    ' : 'FAILED'} ${what}`);
      if (!done) return false;
    }
    return true;
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Places {
  /** The package's folder. */
  readonly own: string;
  /** A project that installs it. */
  readonly project: string;
}

const tsc = 'node_modules/typescript/bin/tsc';
const tested = ['--test', `dist/test/${name}.test.js`];

async function write({ own }: Places): Promise<boolean> {
  const done = await runs(checkout, ['dist/cli.js', 'module:create', name, '--with', partNames.join(), '--path', own]);
  // What `npm install` would do, without asking a registry.
  await mkdir(join(own, 'node_modules'));
  await symlink(checkout, join(own, 'node_modules/vestibule'), 'dir');
  for (const needed of ['typescript', '@types', '@typescript'])
    await symlink(join(checkout, 'node_modules', needed), join(own, 'node_modules', needed), 'dir');
  return done;
}

async function red({ own }: Places): Promise<boolean> {
  const { code, said } = await node(own, tested);
  return (
    code !== 0 && said.includes('Unfinished: let answerFor in service.ts answer something') && /fail 1\b/.test(said)
  );
}

async function finish({ own }: Places): Promise<boolean> {
  const file = join(own, 'service.ts');
  const unfinished = await readFile(file, 'utf8');
  await writeFile(file, unfinished.replace('async (_subject) => undefined', "async (subject) => 'tier of ' + subject"));
  return (await runs(own, [tsc])) && (await runs(own, tested));
}

async function misuse({ own }: Places): Promise<boolean> {
  const wrong = join(own, 'wrong.ts');
  await writeFile(
    wrong,
    "import { defineModule } from 'vestibule/framework';\nexport default defineModule({ name: 1 });\n",
  );
  const { code, said } = await node(own, [tsc, '--noEmit']);
  await rm(wrong);
  return code !== 0 && /wrong\.ts.*TS2322/.test(said);
}

async function install({ own, project }: Places): Promise<boolean> {
  await mkdir(join(project, 'node_modules'), { recursive: true });
  for (const part of ['config', 'dist']) await cp(join(checkout, part), join(project, part), { recursive: true });
  for (const needed of await readdir(join(checkout, 'node_modules')))
    await symlink(join(checkout, 'node_modules', needed), join(project, 'node_modules', needed));
  for (const part of ['package.json', 'dist'])
    await cp(join(own, part), join(project, 'node_modules', name, part), { recursive: true });
  const file = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as { dependencies: object };
  const installed = { ...file, dependencies: { ...file.dependencies, [name]: '^0.1.0' } };
  await writeFile(join(project, 'package.json'), JSON.stringify(installed));
  const commands = [['module:enable', name], ['setup:di:compile'], ['setup:upgrade']];
  for (const command of commands) if (!(await runs(project, ['dist/cli.js', ...command]))) return false;
  return (await node(project, ['dist/cli.js', `${name}:answer`, 'Sales'])).said === 'tier of Sales\n';
}

async function runs(cwd: string, argv: readonly string[]): Promise<boolean> {
  const { code, said } = await node(cwd, argv);
  if (code !== 0) console.log(said);
  return code === 0;
}

function node(cwd: string, argv: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, argv, { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, said: `${stdout}${stderr}` });
    });
  });
}
