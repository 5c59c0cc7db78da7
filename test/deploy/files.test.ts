import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { environmentVariables } from '../../config/environment.ts';
import { installationAt, type ModuleManifest, runCli } from '../../modules/framework/index.ts';
import { metricsSettings } from '../../modules/framework/metrics/settings.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

/** Docker and systemd are not at hand where this is built, so what their files name is held against the project. */
describe('Dockerfile, compose.yaml and the systemd unit', () => {
  const docker = read('Dockerfile');
  const compose = read('compose.yaml');
  const unit = read('deploy/vestibule.service');
  const guide = read('docs/operations.md');
  const installation = installationAt(pathToFileURL(join(root, 'server.ts')).href);
  let modules: readonly ModuleManifest[];

  before(async () => {
    modules = await installation.load(await installation.enabled());
  });

  it('copy and start what is there or what the build makes', () => {
    const copied = all(docker, /^COPY --from=build \/app\/(\S+) /gm);
    expect(copied).to.include.members(['package.json', 'node_modules', 'config/modules.json', 'dist']);
    for (const path of [...copied, ...all(docker, /^COPY (package\.json) package-lock\.json \.npmrc \.\//gm)])
      expect(path === 'dist' || existsSync(join(root, path)), path).to.equal(true);
    for (const file of ['package-lock.json', '.npmrc']) expect(existsSync(join(root, file)), file).to.equal(true);
    const scripts = JSON.parse(read('package.json')).scripts;
    const run = all(`${docker}${guide}`, /npm run (?:-s )?(\w+)/g);
    expect(run).to.include('build');
    for (const script of run) expect(scripts, script).to.have.property(script);
    // What runs is started as `npm start` starts it.
    const started = scripts.start.replace('node scripts/compile.mjs && ', '');
    expect(docker).to.contain(`CMD ${JSON.stringify(started.split(' ')).replaceAll(',', ', ')}`);
    expect(unit).to.contain(`ExecStart=/usr/bin/${started}`);
    for (const program of ['server', 'cli']) expect(existsSync(join(root, `${program}.ts`))).to.equal(true);
  });

  it('leave secrets and data out of the image', () => {
    const ignored = read('.dockerignore').split('\n');
    const kept = read('.gitignore')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.replace(/\/$/, ''));
    expect(ignored).to.include.members(kept).and.to.include('.git');
    expect(docker.lastIndexOf('\nUSER node')).to.be.greaterThan(docker.lastIndexOf('\nFROM '));
  });

  it('set variables that are read', () => {
    const fields = new Set(
      [metricsSettings, ...modules.flatMap(({ config = [] }) => config)].flatMap(({ path, fields: named }) =>
        Object.keys(named).map((name) => `CONFIG__DEFAULT__${path.replace('/', '__')}__${name}`.toUpperCase()),
      ),
    );
    const named = [
      ...all(docker, /\b([A-Z_]+)=\S/g),
      ...all(compose.slice(0, compose.indexOf('\n  database:\n')), /^ {6}([A-Z_]+):/gm),
      ...all(unit, /^Environment=([A-Z_]+)/gm),
      ...all(guide, /\b([A-Z_]+)=(?!1\b)/g),
    ];
    expect(named).to.include.members(['NODE_ENV', 'BASE_URL', 'DATABASE_URL', 'CONFIG__DEFAULT__SYSTEM__SMTP__HOST']);
    const known = [...environmentVariables, ...fields, 'DATABASE_PASSWORD'];
    expect(named.filter((name) => !known.includes(name))).to.deep.equal([]);
  });

  it('ask for health where the host tells it', () => {
    const [path] = all(docker, /'(\/health\/\w+)'/g);
    expect(path).to.equal('/health/ready');
    expect(read('modules/framework/http/health.ts')).to.contain(`'GET ${path}'`);
  });

  it('are told in a guide that says they were not run, is short, and names commands, settings and gauges that exist', async () => {
    expect(guide).to.contain('could not be run');
    expect(guide.split('\n').length).to.be.at.most(201);
    let help = '';
    await runCli({
      argv: ['--help'],
      installation,
      readEnvironment: () => {
        throw new Error('help needs no environment');
      },
      stdout: (text) => {
        help += text;
      },
      stderr: () => {},
    });
    const commands = [...all(guide, /`(?:cli )?([a-z]+(?::[a-z]+)+)/g), ...all(guide, /`cli ([a-z:]+)/g)];
    expect(commands).to.include.members(['doctor', 'setup:upgrade', 'activity:verify', 'reconcile']);
    for (const name of commands) expect(help, name).to.match(new RegExp(`^  ${name}[ \n]`, 'm'));
    const paths = [metricsSettings, ...modules.flatMap(({ config = [] }) => config)].map(({ path }) => path);
    for (const path of all(guide, /`([a-z_]+\/[a-z_]+)\/[a-z_]+`/g)) expect(paths).to.include(path);
    const sources = ['activity', 'change-capture', 'connection', 'mail', 'provisioning', 'webhook'].map((room) =>
      read(`modules/${room}/checkup.ts`),
    );
    const gauges = all(sources.join(), /name: '(vestibule_\w+)'/g);
    expect(gauges).to.have.length(8);
    for (const name of gauges) expect(guide).to.contain(`\`${name}`);
  });
});
