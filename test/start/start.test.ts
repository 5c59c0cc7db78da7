import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { createMysqlDatabase } from '../setup/databases.ts';
import { freePort } from '../setup/free-port.ts';
import { createProject, type Program, type Project, paste } from './project.ts';

const tokens = /vsb_[a-z0-9]{8}_[\w-]{49}/g;

/** The value that stands behind a label of the first start. */
function told(text: string, label: string): string {
  const value = new RegExp(`^${label}: +(\\S.*)$`, 'm').exec(text)?.[1];
  if (value === undefined) throw new Error(`nothing is said of "${label}" in:\n${text}`);
  return value;
}

/** The line that invites to be pasted. */
const curlLine = (text: string): string => text.split('\n').find((line) => line.startsWith('curl ')) ?? '';

const hasCurl = async (): Promise<boolean> => (await paste('command -v curl')).code === 0;

/** What the curl line says to do, done without curl. */
async function fetchLine(line: string): Promise<string> {
  const [, header = '', url = ''] = /-H '([^']+)' '([^']+)'$/.exec(line) ?? [];
  const [name = '', value = ''] = header.split(': ');
  return (await fetch(url, { headers: { [name]: value } })).text();
}

describe('npm start', function () {
  this.timeout(90_000);

  describe('on a fresh machine', () => {
    let project: Project;
    let port: number;
    let first: Program;
    before(async () => {
      port = await freePort();
      project = await createProject({ PORT: String(port) });
      first = project.run('server.ts');
      await first.says('SCIM bearer token');
      await first.says('Try it');
    });
    after(() => project.dispose());

    it('prints where it listens and the secrets of the connection "default"', () => {
      const out = first.out();
      expect(out).to.contain(`Vestibule listens: http://127.0.0.1:${port}\n`);
      expect(told(out, 'SCIM base URL')).to.equal(`http://127.0.0.1:${port}/scim/v2`);
      expect(told(out, 'SCIM bearer token')).to.match(/^vsb_\S{58}$/);
      expect(first.err()).to.equal('');
    });

    it('prints a curl line that works as it is', async () => {
      const line = curlLine(first.out());
      expect(line).to.contain(told(first.out(), 'SCIM bearer token'));
      const answer = (await hasCurl()) ? await paste(line) : { code: 0, out: await fetchLine(line), err: '' };
      expect(answer).to.include({ code: 0, err: '' });
      expect(JSON.parse(answer.out)).to.deep.include({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 0,
      });
    });

    it('serves with the printed URL and token, and is ready', async () => {
      const authorization = `Bearer ${told(first.out(), 'SCIM bearer token')}`;
      const made = await fetch(`${told(first.out(), 'SCIM base URL')}/Users`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/scim+json' },
        body: '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@example.com"}',
      });
      expect(made.status).to.equal(201);
      expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).to.equal(200);
    });

    it('keeps the database and its key in var/, for its owner alone', async () => {
      const files = await readdir(join(project.root, 'var'));
      expect(files).to.include.members(['crypt.key', 'vestibule.sqlite']);
      for (const file of files) {
        const { mode } = await stat(join(project.root, 'var', file));
        expect(mode & 0o077, `${file} is open to others`).to.equal(0);
      }
    });

    it('does not take a port that is taken, and says which and what to do', async () => {
      const second = project.run('server.ts');
      expect(await second.ended).to.equal(1);
      expect(second.out()).to.equal('');
      expect(second.err())
        .to.match(/^[^\n]+\n$/)
        .and.contain(`Port ${port}`)
        .and.contain('PORT');
      expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).to.equal(200);
    });

    it('ends with 0 on SIGTERM, and prints no secret when it starts again', async () => {
      const token = told(first.out(), 'SCIM bearer token');
      expect(await first.stop()).to.equal(0);
      expect(first.err()).to.equal('');
      const again = project.run('server.ts');
      await again.says('Vestibule listens');
      const answer = await fetch(`http://127.0.0.1:${port}/scim/v2/Users?count=5`, {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(((await answer.json()) as { totalResults: number }).totalResults).to.equal(1);
      expect(await again.stop('SIGINT')).to.equal(0);
      expect(again.out().match(tokens)).to.equal(null);
      expect(again.out()).not.to.match(/shown once|password/i);
    });
  });

  it('in production writes its secrets to a file that only its owner reads', async () => {
    const port = await freePort();
    const project = await createProject({ PORT: String(port), NODE_ENV: 'production' });
    try {
      const server = project.run('server.ts');
      await server.says('first-start.txt');
      const file = join(project.root, 'var', 'first-start.txt');
      expect((await stat(file)).mode & 0o777).to.equal(0o600);
      const text = await readFile(file, 'utf8');
      expect(told(text, 'SCIM bearer token')).to.match(/^vsb_/);
      const line = curlLine(text);
      expect(JSON.parse((await hasCurl()) ? (await paste(line)).out : await fetchLine(line))).to.include({
        totalResults: 0,
      });
      expect(await server.stop()).to.equal(0);
      expect(`${server.out()}${server.err()}`.match(tokens)).to.equal(null);
    } finally {
      await project.dispose();
    }
  });

  it('works on MariaDB, and on a connection "default" that was made before the first start', async () => {
    const { url, drop } = await createMysqlDatabase();
    const port = await freePort();
    const project = await createProject({ PORT: String(port), DATABASE_URL: url });
    try {
      expect((await project.cli(['setup:upgrade'])).code).to.equal(0);
      const made = await project.cli(['connection:create', '--code', 'default', '--name', 'Mine', '--json']);
      expect(made.code, made.err).to.equal(0);
      const server = project.run('server.ts');
      await server.says('Vestibule listens');
      expect(server.out().match(tokens)).to.equal(null);
      const { authorization, baseUrl } = JSON.parse(made.out) as Record<string, string>;
      const answer = await fetch(`${baseUrl}/Users`, { headers: { authorization: authorization ?? '' } });
      expect(answer.status).to.equal(200);
      expect(await server.stop()).to.equal(0);
      expect(server.err()).to.equal('');
    } finally {
      await project.dispose();
      await drop();
    }
  });

  describe('with settings it can not use', () => {
    let project: Project;
    before(async () => {
      project = await createProject({ PORT: String(await freePort()) });
      await writeFile(join(project.root, 'letter.txt'), 'This is a letter and no database.\n'.repeat(100));
    });
    after(() => project.dispose());

    const wrong: readonly (readonly [string, () => Record<string, string>, RegExp])[] = [
      ['a port that is no number', () => ({ PORT: 'many' }), /\bPORT is wrong\b.*0 to 65535/],
      ['a host of somebody else', () => ({ HOST: '192.0.2.1' }), /192\.0\.2\.1.*HOST/],
      ['a database of another kind', () => ({ DATABASE_URL: 'postgres://u:hush@h/x' }), /DATABASE_URL is wrong/],
      [
        'a database that is away',
        () => ({ DATABASE_URL: 'mysql://u:hush@127.0.0.1:1/x' }),
        /127\.0\.0\.1:1 cannot be reached/,
      ],
      ['a file that is no database', () => ({ DATABASE_URL: 'sqlite:letter.txt' }), /letter\.txt.*DATABASE_URL/],
    ];

    it('ends with 1 and one line that names the setting and keeps its secrets', async () => {
      const faults: string[] = [];
      const queue = [...wrong];
      const work = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          const [what, variables, words] = next;
          const program = project.run('server.ts', [], variables());
          const code = await program.ended;
          const err = program.err();
          const good = code === 1 && program.out() === '' && /^vestibule: [^\n]+\n$/.test(err) && words.test(err);
          if (!good || err.includes('hush')) faults.push(`${what}: ended with ${code}, said ${err}${program.out()}`);
        }
      };
      await Promise.all([work(), work()]);
      expect(faults).to.deep.equal([]);
    });

    it('names a MariaDB that refuses the password or has no such database', async () => {
      const { url, drop } = await createMysqlDatabase();
      try {
        const [password, missing] = [new URL(url), new URL(url)];
        password.username = 'nobody';
        password.password = 'hush';
        missing.pathname = '/no_such_database';
        const programs = [password, missing].map(({ href }) => project.run('server.ts', [], { DATABASE_URL: href }));
        for (const program of programs) {
          expect(await program.ended).to.equal(1);
          expect(program.err())
            .to.match(/^vestibule: [^\n]+\n$/)
            .and.not.contain('hush');
        }
        expect(programs[0]?.err()).to.match(/ACCESS_DENIED|DATABASE_URL/);
        expect(programs[1]?.err()).to.match(/BAD_DB|ACCESS_DENIED|DATABASE_URL/);
      } finally {
        await drop();
      }
    });
  });
});
