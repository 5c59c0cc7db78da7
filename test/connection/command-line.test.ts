import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { createMysqlDatabase } from '../setup/databases.ts';
import { freePort } from '../setup/free-port.ts';
import { createProject, type Program, type Project } from '../start/project.ts';

interface Created {
  readonly id?: string;
  readonly code: string;
  readonly baseUrl: string;
  readonly token: string;
  readonly authorization: string;
}

/** Each engine has its own reason to be asked: a file that two processes share, and a server that many do. */
const engines = {
  'a SQLite file': async (root: string) => ({ url: `sqlite:${join(root, 'shared.sqlite')}`, drop: async () => {} }),
  MariaDB: () => createMysqlDatabase(),
};

for (const [engine, open] of Object.entries(engines))
  describe(`The command line beside a server on ${engine}`, function () {
    this.timeout(90_000);
    let project: Project;
    let database: { url: string; drop(): Promise<void> };
    let server: Program;
    let created: Created;
    let settings: Record<string, string>;
    before(async () => {
      project = await createProject();
      database = await open(project.root);
      settings = { DATABASE_URL: database.url, PORT: String(await freePort()) };
      server = project.run('server.ts', [], settings);
      await server.says('Vestibule listens');
    });
    after(async () => {
      await server?.stop();
      await project.dispose();
      await database.drop();
    });

    const cli = (...argv: string[]) => project.cli(argv, settings);
    const status = async (authorization: string): Promise<number> =>
      (await fetch(`${created.baseUrl}/Users?count=1`, { headers: { authorization } })).status;
    /** Asks until the server answers so; running servers follow within 5 seconds. */
    async function answers(authorization: string, wanted: number): Promise<void> {
      const seen = new Set<number>();
      while (!seen.has(wanted)) {
        seen.add(await status(authorization));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }

    it('makes a connection whose token works at once, and prints it as one JSON value', async () => {
      const { code, out, err } = await cli(
        ...[
          'connection:create',
          '--code',
          'okta',
          '--name',
          'Okta',
          '--profile',
          'okta',
          '--website',
          'base',
          '--json',
        ],
      );
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      expect(out).to.match(/^\{.*\}\n$/);
      created = JSON.parse(out) as Created;
      expect(Object.keys(created)).to.deep.equal(['code', 'baseUrl', 'token', 'authorization']);
      expect(created.code).to.equal('okta');
      expect(created.baseUrl).to.equal(`http://127.0.0.1:${settings.PORT}/scim/v2`);
      expect(created.authorization).to.equal(`Bearer ${created.token}`);
      expect(await status(created.authorization)).to.equal(200);
    });

    if (engine === 'MariaDB') return;

    let spare: Created;

    it('makes a second token that works at once', async () => {
      const { code, out, err } = await cli(
        ...['token:create', '--connection', 'okta', '--name', 'spare', '--expires', '90d', '--json'],
      );
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      spare = JSON.parse(out) as Created;
      expect(await status(spare.authorization)).to.equal(200);
    });

    it('leaves no token in the files of the database, nor on the server’s output', async () => {
      const files = (await readdir(project.root)).filter((file) => file.startsWith('shared.sqlite'));
      const stored = await Promise.all(files.map((file) => readFile(join(project.root, file), 'latin1')));
      expect(stored.join('')).to.contain(spare.id);
      const said = stored.join('') + server.out() + server.err();
      for (const { token } of [created, spare]) expect(said).not.to.contain(token.slice(13, 40));
    });

    it('revokes a token and deletes a connection, and the server follows soon', async () => {
      const revoked = await cli('token:revoke', String(spare.id));
      expect(revoked).to.include({ code: 0, err: '' });
      expect(revoked.out).to.match(/^The token \w{8} \(spare\) is revoked since .* UTC\.\n$/);
      const deleting = cli('connection:delete', '--code', 'okta', '--customers', 'keep', '--json');
      await answers(spare.authorization, 401);
      const deleted = await deleting;
      expect(deleted).to.include({ code: 0, err: '' });
      expect(JSON.parse(deleted.out)).to.deep.include({ code: 'okta', customers: 'keep', users: 0, tokens: 2 });
      await answers(created.authorization, 401);
    });
  });
