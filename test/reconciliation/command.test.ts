import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';

describe('reconcile', () => {
  let line: CommandLine;
  before(async () => {
    line = await openCommandLine();
    await line.json('connection:create', '--code', 'okta', '--name', 'Okta');
    await line.onDatabase(async (database) => {
      for (const id of [101, 102]) {
        await database.run(
          sql`INSERT INTO {customer_entity} (entity_id, website_id, email, group_id, firstname, lastname, is_active) VALUES (${id}, 1, ${`u${id}@shop.example`}, 1, 'A', 'B', 1)`,
        );
        await database.run(
          sql`INSERT INTO {vestibule_user} (customer_id, connection_id, user_name_key) VALUES (${id}, 1, ${`u${id}`})`,
        );
        await database.run(
          sql`INSERT INTO {vestibule_user_document} (customer_id, connection_id, modified_at, document, shadow) VALUES (${id}, 1, '2024-05-06 12:00:00', ${`{"schemas":["x"],"userName":"u${id}","active":false}`}, '{"is_active":0}')`,
        );
      }
    });
  });
  after(() => line.close());

  it('tells what disagrees, and changes nothing', async () => {
    const { code, out, err } = await line.run('reconcile', '--limit', '1');
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out).to.match(/^ +2 {2}unlocked – Unlocked though deactivated \(high\)$/m);
    expect(out).to.match(/^ +2 {2}grid-missing – /m);
    expect(out).to.contain('unlocked customer 101 (u101) of okta: is_active 1, should be 0');
    expect(out).to.contain('… and 3 more; --csv <file> lists all.').and.to.contain('Nothing was changed.');
  });

  it('takes nothing away before somebody says yes, and says from how many', async () => {
    const { code, out, err } = await line.run('reconcile', '--fix', 'unlocked', '--fix', 'grid-missing');
    expect({ code, out }).to.deep.equal({ code: 1, out: '' });
    expect(err).to.contain('2 × unlocked: lock').and.to.contain('--yes').and.not.contain('grid-missing');
    const dry = await line.run('reconcile', '--fix', 'unlocked', '--dry-run');
    expect(dry.out).to.contain('would be cured').and.to.contain('Nothing was changed.');
    expect(await line.json('reconcile')).to.deep.include({ found: 4 });
  });

  it('cures what it was told, writes a file, and finds it no more', async () => {
    const { kinds } = await line.json<{ kinds: Record<string, unknown> }>('reconcile', '--fix', 'grid-missing');
    expect(kinds).to.deep.equal({ 'grid-missing': { found: 2, cured: 2, gone: 0, refused: 0 } });
    const file = join(String(await folderOf(line)), 'findings.csv');
    const { code, out } = await line.run(
      'reconcile',
      '--connection',
      'okta',
      '--csv',
      file,
      '--fix',
      'unlocked',
      '--yes',
      '--kind',
      'unlocked',
    );
    expect(code).to.equal(0);
    expect(out).to.contain('2 cured');
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
    expect(lines).to.have.length(5);
    expect(lines[1]).to.contain('"unlocked"').and.to.contain('"101"');
    expect((await line.run('reconcile')).out).to.equal('Store and documents agree.\n');
  });

  it('ends with 1 where a cure was refused, and says why', async () => {
    await line.json('customer:protect', 'u101@shop.example');
    await line.onDatabase((database) =>
      database.run(sql`UPDATE {customer_entity} SET lock_expires = NULL WHERE entity_id = 101`),
    );
    const { code, out } = await line.run('reconcile', '--fix', 'unlocked', '--yes');
    expect(code).to.equal(1);
    expect(out).to.contain('Refused: unlocked customer 101');
  });

  it('says what it does not understand', async () => {
    for (const wrong of [
      ['--kind', 'nothing'],
      ['--dry-run'],
      ['--kind', 'drifted', '--fix', 'unlocked'],
      ['--json', '--csv', 'x.csv'],
    ])
      expect((await line.run('reconcile', ...wrong)).code, wrong.join(' ')).to.equal(2);
    expect((await line.run('reconcile', '--connection', 'nowhere')).err).to.contain('connection:list');
    expect((await line.run('reconcile', '--csv', '/nowhere/x.csv')).err).to.contain("can't be written");
  });
});

/** Where the database of this command line is. */
const folderOf = (line: CommandLine) =>
  line.onDatabase(async (database) => {
    const file = await database.first<{ file: string }>(sql`SELECT file FROM pragma_database_list WHERE name = 'main'`);
    return file?.file.replace(/\/[^/]*$/, '');
  });
