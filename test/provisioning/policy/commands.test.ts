import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../../setup/command-line.ts';

describe('The commands about protected customers and matches', () => {
  let line: CommandLine;
  let id: number;
  before(async () => {
    line = await openCommandLine();
    await line.json('connection:create', '--code', 'okta', '--name', 'Okta');
    id = await line.onDatabase(async (database) => {
      const { insertId } = await database.run(
        sql`INSERT INTO {customer_entity} (website_id, email, group_id, firstname, lastname) VALUES (1, 'owner@shop.example', 1, 'A', 'B')`,
      );
      const connection = await database.first<{ connection_id: number }>(
        sql`SELECT connection_id FROM {vestibule_connection} WHERE code = 'okta'`,
      );
      await database.run(
        sql`INSERT INTO {vestibule_match_request} (connection_id, customer_id, user_name_key, user_name, matched_by, state, first_at, last_at) VALUES (${connection?.connection_id ?? 0}, ${insertId}, 'ada', 'Ada', 'id', 'pending', '2024-05-06 12:00:00', '2024-05-06 12:00:00')`,
      );
      return insertId;
    });
  });
  after(() => line.close());

  async function fails(expected: number, ...argv: string[]): Promise<string> {
    const { code, out, err } = await line.run(...argv);
    expect({ code, out }, argv.join(' ')).to.deep.equal({ code: expected, out: '' });
    return err;
  }

  it('protect and unprotect a customer and a group, and list them', async () => {
    expect((await line.run('customer:protected')).out).to.contain('Nobody is protected');
    expect(await line.json('customer:protect', 'owner@shop.example')).to.deep.equal({ customerId: id });
    expect((await line.run('customer:protect', '--group', 'Wholesale')).out).to.contain('"Wholesale" is protected');
    const { out } = await line.run('customer:protected');
    expect(out).to.match(/^group 2 Wholesale {2}since .* UTC by command line$/m);
    expect(out).to.match(new RegExp(`^customer ${id} owner@shop\\.example {2}since `, 'm'));
    expect(await line.json('customer:unprotect', String(id))).to.deep.equal({ customerId: id, was: true });
    expect((await line.run('customer:unprotect', String(id))).out).to.contain('was not protected itself');
    expect((await line.run('customer:unprotect', '--group', '2')).out).to.contain('group 2 is protected no more');
  });

  it('say what they do not understand', async () => {
    expect(await fails(2, 'customer:protect')).to.contain('Name a customer');
    expect(await fails(2, 'customer:protect', '1', '--group', 'Wholesale')).to.contain('Name a customer');
    expect(await fails(1, 'customer:protect', 'nobody@shop.example')).to.contain('nobody@shop.example');
    expect(await fails(1, 'customer:protect', '--group', 'Nowhere')).to.contain('"Nowhere"');
    expect(await fails(2, 'match:approve', 'x')).to.contain('match:list');
    expect(await fails(1, 'match:deny', '99')).to.contain('no match request 99');
  });

  it('list match requests and decide about them', async () => {
    const [request] = await line.json<{ id: number }[]>('match:list', '--connection', 'okta');
    expect(request).to.include({ userName: 'Ada', customerId: id, connection: 'okta', state: 'pending' });
    const { out } = await line.run('match:list');
    expect(out).to.contain(`"Ada" of okta is taken for customer ${id} (owner@shop.example) by id; asked once`);
    expect(await line.json('match:deny', String(request?.id))).to.include({
      state: 'denied',
      decidedBy: 'command line',
    });
    expect((await line.run('match:list')).out).to.equal('No match request waits.\n');
    expect((await line.run('match:approve', String(request?.id))).out).to.contain('the next attempt of "okta" does');
    expect(await line.json('match:list', '--state', 'approved')).to.have.length(1);
  });

  it('count on a dry run the match requests that go with a connection', async () => {
    const told = await line.json<{ belongings: object }>(
      'connection:delete',
      '--code',
      'okta',
      '--customers',
      'keep',
      '--dry-run',
    );
    expect(told.belongings).to.include({ 'match requests': 1 });
    const { out } = await line.run('connection:delete', '--code', 'okta', '--customers', 'keep', '--dry-run');
    expect(out).to.contain('1 match requests');
  });
});
