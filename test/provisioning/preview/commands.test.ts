import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { presetFor } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { Customers } from '../../../modules/customer/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { userSchema } from '../../../modules/scim/index.ts';
import { type CommandLine, openCommandLine } from '../../setup/command-line.ts';
import { openHost, type ScimHost } from '../host.ts';

/** A server and the command line on one store: the server receives, the commands explain. */
describe('The commands that try and apply mappings', () => {
  let line: CommandLine;
  let host: ScimHost;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-preview-'));
    line = await openCommandLine({ databaseUrl: `sqlite:${folder}/store.sqlite` });
    const database = await (await import('../../../modules/framework/database/connect.ts')).connect({
      url: `sqlite:${folder}/store.sqlite`,
    });
    host = await openHost(
      { name: 'sqlite', open: () => Promise.reject(new Error('the store is there')) },
      { database: { url: '', database, dispose: () => database.close() } },
    );
  });
  after(async () => {
    await host.close();
    await host.database.close();
    await line.close();
    await rm(folder, { recursive: true });
  });

  const file = async (name: string, value: unknown): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
    return path;
  };
  const ada = {
    schemas: [userSchema.id],
    userName: 'ada',
    externalId: 'e1',
    name: { givenName: '=cmd', familyName: 'Lovelace' },
    emails: [{ value: 'ada@example.com', type: 'work' }],
    title: 'Clerk',
  };
  const count = async () => (await host.row<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {customer_entity}`)).n;

  it('preview a file: the five things that are promised, and nothing written', async () => {
    const path = await file('ada.json', ada);
    const told = await line.json('mapping:preview', '--connection', 'default', '--payload', path);
    expect(told).to.include.keys('customer', 'address', 'groups', 'issues', 'trace');
    expect(told).to.deep.include({ status: 201, request: { method: 'POST', path: '/Users' } });
    expect(told.customer).to.include({ firstname: '=cmd', email: 'ada@example.com' });
    expect(await count()).to.equal(0);
    const { code, out } = await line.run('mapping:preview', '--connection', 'default', '--payload', path);
    expect({ code, out }).to.have.property('code', 0);
    expect(out).to.match(/^POST \/Users would be answered 201 \(user\.create\).*Nothing was written\./);
    expect(out).to.match(/firstname +– +=cmd/);
  });

  it('say what is wrong with a file, an option, or a name', async () => {
    const bad = await file('bad.json', '{');
    const wrong = async (...argv: string[]) => line.run('mapping:preview', '--connection', 'default', ...argv);
    expect(await wrong('--payload', bad))
      .to.include({ code: 1, out: '' })
      .and.property('err')
      .contain('is not JSON');
    expect(await wrong('--payload', join(folder, 'none')))
      .to.include({ code: 1 })
      .and.property('err')
      .contain('ENOENT');
    expect(await wrong()).to.include({ code: 2 });
    expect(await wrong('--record', '999'))
      .to.include({ code: 1 })
      .and.property('err')
      .contain('mapping:payloads');
    const patch = await file('patch.json', { Operations: [{ op: 'remove', path: 'title' }] });
    expect(await wrong('--payload', patch))
      .to.include({ code: 1 })
      .and.property('err')
      .contain('--id');
    expect(await wrong('--payload', patch, '--draft', '--version', '1')).to.include({ code: 2 });
    expect(await line.run('mapping:impact', '--connection', 'nobody')).to.include({ code: 1 });
  });

  it('show the lights, try what was received, and replay it', async () => {
    const seen = await line.json<{ states: { state: string }[] }>('mapping:requirements', '--connection', 'default');
    expect(new Set(seen.states.map(({ state }) => state))).to.deep.equal(new Set(['never-seen']));
    const id = await host.scim.create(ada);
    await host.records();
    const { out } = await line.run('mapping:requirements', '--connection', 'default');
    expect(out).to.match(/userName +required +scim +sent/);
    const [payload] = await line.json<{ record: number }[]>('mapping:payloads', '--connection', 'default');
    const record = String(payload?.record);
    const tried = await line.json('mapping:preview', '--connection', 'default', '--record', record);
    expect(tried).to.include({ status: 409 });
    await host.connect('elsewhere');
    const foreign = await line.run('mapping:preview', '--connection', 'elsewhere', '--record', record);
    expect(foreign).to.include({ code: 1 }).and.property('err').contain('no request of this connection');
    const dry = await line.json('activity:replay', record);
    expect(dry).to.nested.include({ live: false, 'preview.status': 409 });
    const live = await line.run('activity:replay', record, '--live', '--author', 'anna');
    expect(live)
      .to.include({ code: 1 })
      .and.property('out')
      .match(/was answered 409: .*\nRecorded: report:provisioning --request /);
    await host.scim.send('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Staff',
    });
    const group = (await host.records()).find(({ operation }) => operation === 'group.create');
    const untried = await line.run('mapping:preview', '--connection', 'default', '--record', String(group?.id));
    expect(untried).to.include({ code: 1 }).and.property('err').contain(`activity:replay ${group?.id}`);
    await host.scim.delete(id);
    const again = await line.json('activity:replay', record, '--live', '--author', 'anna');
    expect(again).to.include({ live: true, status: 201 });
  });

  it('count an impact, list it as CSV that no spreadsheet computes, and apply it', async () => {
    const rows = presetFor('generic').rows.filter(({ target }) => target !== 'suffix');
    const shout = { id: 'suffix', type: 'direct', source: 'name.givenName', target: 'suffix' };
    const path = await file('mapping.json', { version: 1, rows: [...rows, shout] });
    await line.json('mapping:import', '--connection', 'default', '--file', path, '--draft');
    expect(await line.json('mapping:impact', '--connection', 'default')).to.include({ changes: 0, same: 1 });
    const draft = await line.json('mapping:impact', '--connection', 'default', '--draft');
    expect(draft).to.deep.include({ changes: 1, targets: { suffix: 1 } });
    const csv = await line.run('mapping:impact', '--connection', 'default', '--draft', '--csv');
    expect(csv).to.include({ code: 0, err: '' });
    expect(csv.out.split('\r\n')[0]).to.equal(
      '"customer_id","scim_id","user_name","outcome","attribute","before","after","message","cure"',
    );
    expect(csv.out).to.contain(`"suffix","","'=cmd","",""\r\n`);
    expect((await line.run('mapping:impact', '--connection', 'default', '--draft')).out).to.contain(
      '1 of 1 linked customers would change',
    );
    await line.json('mapping:publish', '--connection', 'default');
    const run = await line.json('mapping:apply', '--connection', 'default', '--author', 'anna');
    expect(run).to.include({ changed: 1, failed: 0, state: 'done', resumed: false, actor: 'anna' });
    const mine = await host.host.resolve(Connections).byCode(host.database, 'default');
    expect(mine.code).to.equal('default');
    const { customer_id } = await host.row<{ customer_id: number }>(
      sql`SELECT customer_id FROM {vestibule_user} WHERE is_deleted = 0`,
    );
    const customer = await host.host.resolve(Customers).byId(host.database, customer_id);
    expect(customer?.attributes).to.include({ suffix: '=cmd' });
    expect((await line.run('mapping:runs', '--connection', 'default')).out).to.match(
      /^Run 1, version 1, done: 1 changed/,
    );
  });

  it('let searches follow the mapping in effect, and say how far they have', async () => {
    const { code, out } = await line.run('search:settle');
    expect({ code, out }).to.have.property('code', 0);
    expect(out).to.match(/^default: searches see all users by (the preset|version \d+), since \S+ \S+ UTC; /);
    const [status] = (await line.json('search:status')) as unknown as Record<string, unknown>[];
    expect(status).to.include({ connection: 'default', finished: true });
  });
});
