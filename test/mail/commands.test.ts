import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { type CommandLine, openCommandLine } from '../setup/command-line.ts';
import { answer, header, type MailServer, openMailServer, part } from './smtp-server.ts';

describe('The commands of mails', () => {
  let line: CommandLine;
  let server: MailServer;
  before(async () => {
    line = await openCommandLine({ tablePrefix: 'm2_' });
    server = await openMailServer();
  });
  after(async () => {
    await line.close();
    await server.close();
  });

  async function fails(...argv: string[]): Promise<string> {
    const { code, out, err } = await line.run(...argv);
    expect({ code, out }, argv.join(' ')).to.deep.equal({ code: 1, out: '' });
    expect(err).to.match(/^[^\n]+\n$/);
    return err;
  }
  const says = async (...argv: string[]): Promise<string> => {
    const { code, out, err } = await line.run(...argv);
    expect({ code, err }, argv.join(' ')).to.deep.equal({ code: 0, err: '' });
    return out.trimEnd();
  };
  const set = (path: string, value: string) => says('config:set', path, value);

  it('say that there is nothing yet, and nobody to send by', async () => {
    expect(await says('mail:list')).to.equal('There are no mails.');
    expect(await fails('mail:test', 'ann@shop.example')).to.contain('set system/smtp/transport to smtp');
    expect(await fails('mail:test', 'nobody')).to.contain('"nobody" is no address');
    expect(await fails('mail:test', 'ann@shop.example', '--website', 'moon')).to.contain('there are admin, base');
  });

  it('keep and show what meets no configuration', async () => {
    await set('web/secure/base_url', 'https://www.shop.example/');
    await line.onDatabase((database) =>
      database.run(sql`INSERT INTO m2_customer_entity (entity_id, website_id, email, firstname, lastname, is_active, group_id, created_at, updated_at)
        VALUES (7, 1, 'sam@home.example', 'Sam', 'Shopper', 1, 1, '2024-05-06 12:00:00', '2024-05-06 12:00:00')`),
    );
    expect(await fails('customer:invite', '8')).to.equal('There is no customer 8.\n');
    expect(await fails('customer:invite', 'sue@home.example')).to.contain('no customer "sue@home.example"');
    expect(await says('customer:invite', 'sam@home.example')).to.equal(
      'An activation mail to sam@home.example (customer 7) waits to be sent.',
    );
    expect(await fails('customer:invite', '7')).to.contain('mail waiting already');
    expect(await says('mail:list')).to.match(
      /^ {5}1 {2}waiting +\S+Z {2}notification\.activation +sam@home\.example\n\nMails: 1 waiting\.$/,
    );
    expect(await says('mail:deliver')).to.equal(
      '0 sent, 0 failed, 0 are tried again later, 1 kept: no SMTP server is configured (mail:list says how).',
    );
    const listed = await says('mail:list', '--state', 'unconfigured');
    expect(listed)
      .to.contain('not configured')
      .and.contain('set system/smtp/transport to smtp')
      .and.contain('Mails: 1 not configured.');
    expect(await line.json('customer:show', '7')).to.have.nested.property('onboarding.state', 'undelivered');
  });

  it('try a configuration, and say what the server answers', async () => {
    await set('system/smtp/transport', 'smtp');
    await set('system/smtp/host', '127.0.0.1');
    await set('system/smtp/port', String(server.port));
    expect(await says('mail:test', 'ann@shop.example', '--website', 'base')).to.equal(
      `127.0.0.1:${server.port} took the mail from owner@example.com to ann@shop.example (not encrypted).`,
    );
    const [mail] = server.mails.splice(0);
    expect(mail && header(mail, 'Subject')).to.equal('Test mail of www.shop.example');
    expect(mail && part(mail, 'text/plain')).to.contain(`Server: 127.0.0.1:${server.port}`);
    server.beforeRecipient = () => {
      throw answer(550, 'Relaying denied');
    };
    expect(await fails('mail:test', 'ann@shop.example')).to.contain('550 Relaying denied');
    server.beforeRecipient = () => {};
  });

  it('show the password of the server to nobody, and keep it encrypted', async () => {
    await set('system/smtp/password', 'hunter22');
    expect(await says('config:show', 'system/smtp/password')).not.to.contain('hunter22');
    const rows = await line.onDatabase((database) =>
      database.all<{ value: string }>(sql`SELECT value FROM m2_core_config_data WHERE path = 'system/smtp/password'`),
    );
    expect(rows[0]?.value).to.match(/^0:3:/);
  });

  it('send again what was kept or failed, one or all', async () => {
    expect(await says('mail:retry', '--state', 'unconfigured')).to.equal('1 mail waits to be sent again.');
    expect(await says('mail:deliver')).to.equal('1 sent, 0 failed, 0 are tried again later.');
    expect(server.mails.map(({ to }) => to)).to.deep.equal([['sam@home.example']]);
    expect(await fails('mail:retry', '1'))
      .to.contain('was sent at')
      .and.contain('not sent twice');
    expect(await fails('mail:retry', '99'))
      .to.contain('no mail 99')
      .and.contain('mail:list');
    for (const argv of [['mail:retry'], ['mail:retry', '1', '--state', 'failed']])
      expect((await line.run(...argv)).code).to.equal(2);
    const { counts, mails } = await line.json<{ counts: object; mails: Record<string, unknown>[] }>('mail:list');
    expect(counts).to.deep.equal({ sent: 1 });
    expect(mails[0]).to.include({ id: 1, state: 'sent', to: 'sam@home.example', topic: 'customer:7', attempts: 1 });
    expect(await line.json('customer:show', '7')).to.have.nested.property('onboarding.state', 'sent');
  });

  it('show every kind of mail before it is sent', async () => {
    const { templates } = await line.json<{ templates: { template: string }[] }>('mail:preview');
    const names = templates.map(({ template }) => template);
    expect(names).to.include.members(['notification.activation', 'notification.welcome', 'notification.alert']);
    for (const name of names) {
      const preview = await line.json<Record<string, string>>('mail:preview', name);
      expect(Object.keys(preview)).to.have.members(['template', 'label', 'from', 'subject', 'text', 'html']);
      expect(preview.html).to.match(/^<!DOCTYPE html>/);
      expect(preview.text).to.have.length.above(80);
    }
    expect(await says('mail:preview', 'notification.activation', '--store', 'default'))
      .to.match(/^From: Owner <owner@example.com>\nSubject: Activate your account at www.shop.example\n\n/)
      .and.contain('https://www.shop.example/customer/account/createPassword/?token=Example');
    expect(await says('mail:preview', 'notification.welcome', '--html')).to.contain('<h1');
    expect(await fails('mail:preview', 'nothing'))
      .to.contain('there are ')
      .and.contain('notification.welcome');
    expect(await fails('mail:preview', 'notification.welcome', '--store', 'moon')).to.contain('there are default');
    expect(await says('mail:list')).to.contain('Mails: 1 sent.');
  });

  it('invite many by their state, and say who is left out', async () => {
    expect(await line.json('customer:invite', '--state', 'sent', '--dry-run')).to.include({ dryRun: true, invited: 1 });
    expect((await line.run('customer:invite')).code).to.equal(2);
    expect((await line.run('customer:invite', '7', '--state', 'sent')).code).to.equal(2);
    expect((await line.run('customer:invite', '7', '--limit', '3')).code).to.equal(2);
    const { code, out } = await line.run('customer:invite', '7', '8');
    expect({ code, out }).to.deep.equal({ code: 0, out: '1 mail queued, 1 left out:\n  There is no customer 8.\n' });
  });
});
