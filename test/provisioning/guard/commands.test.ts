import { expect } from 'chai';
import { type CommandLine, openCommandLine } from '../../setup/command-line.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type Company, inactive, openCompany } from './company.ts';

onBothEngines('The commands of the guard', (engine) => {
  let company: Company;
  let line: CommandLine;
  before(async () => {
    const opened = await engine.open({ file: true, migrated: true });
    company = await openCompany(engine, 40, { database: opened });
    const dispose = company.host.close;
    line = await openCommandLine({ databaseUrl: opened.url });
    Object.assign(company, {
      close: async () => {
        await dispose();
        await line.close();
        await opened.dispose();
      },
    });
    keepTime();
  });
  after(() => company.close());
  /** The command line has a clock of its own, which is that of the machine. */
  const keepTime = () => company.host.advance((Date.now() - company.host.now().getTime()) / 1000);

  it('list and show what is held', async () => {
    expect((await line.run('guard:list')).out).to.equal('Nothing is held, and nothing was.\n');
    await company.deactivateAll(company.users.slice(0, 14));
    const [hold] = await line.json<Record<string, unknown>[]>('guard:list', '--status', 'open');
    expect(hold).to.include({ id: 1, connection: 'default', status: 'open', waiting: 4, limit: 10, wouldBe: 11 });
    expect(await line.json('guard:list', '--connection', 'default', '--status', 'denied')).to.deep.equal([]);
    const { out } = await line.run('guard:show', '1');
    expect(out).to.include('Hold 1 of the connection "default": waits for a decision.');
    expect(out).to.include('user.patch').and.to.include('u13@example.com').and.to.include('sent 1 times, waiting');
    expect(out).to.include('Passed: 10 customers, 0 of them brought back.');
    expect(out).to.match(/deactivate +\d+ +u0@example\.com/);
    expect(out).to.include('guard:approve 1 carries out');
  });

  it('approve, in the name of whoever decides', async () => {
    const { code, out } = await line.run('guard:approve', '1', '--author', 'anna', '--comment', 'the season is over');
    expect({ code, out }).to.deep.equal({ code: 0, out: 'Hold 1 is carried out: 4 requests.\n' });
    expect(await company.active()).to.equal(26);
    const shown = await line.json('guard:show', '1');
    expect(shown).to.include({ decidedBy: 'anna', comment: 'the season is over', status: 'done', done: 4 });
    const again = await line.run('guard:approve', '1');
    expect(again.code).to.equal(1);
    expect(again.err).to.match(
      /^Hold 1 was approved and carried out by anna on .* UTC; there is nothing to decide\.\n$/,
    );
  });

  it('deny, and restore in one step', async () => {
    keepTime();
    await company.deactivateAll(company.users.slice(14, 26));
    expect(await line.json('guard:deny', '2')).to.include({ id: 2, status: 'denied', waiting: 0 });
    expect((await company.host.scim.patch(company.users[25] as string, inactive)).status).to.equal(403);
    expect((await line.run('guard:show', '2')).out).to.match(
      /\n2 customers keep what they have until .* UTC; guard:lift 2 ends that\.\n/,
    );
    const { out } = await line.run('guard:restore', '2', '--author', 'anna');
    expect(out).to.equal('10 of 10 customers are back.\n');
    expect(await company.active()).to.equal(26);
  });

  it('lift a denial, once', async () => {
    const lifted = await line.run('guard:lift', '2', '--author', 'anna', '--comment', 'they did leave');
    expect(lifted).to.include({ code: 0, out: 'The denial of hold 2 is lifted; a wave is held again.\n' });
    expect((await company.host.scim.patch(company.users[25] as string, inactive)).status).to.equal(200);
    const { code, err } = await line.run('guard:lift', '2');
    expect({ code, err }).to.deep.equal({
      code: 1,
      err: 'Hold 2 denies nobody anything at the moment; Held Changes in the administration (guard:show 2) says what became of it.\n',
    });
  });

  it('say which hold there is none of', async () => {
    const { code, err } = await line.run('guard:show', '77');
    expect({ code, err }).to.deep.equal({ code: 1, err: 'There is no hold 77; guard:list shows those that exist.\n' });
  });
});
