import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { type CommandLine, openCommandLine } from '../../setup/command-line.ts';

interface Made {
  readonly id: number;
  readonly secret: string;
  readonly headerNames: readonly string[];
  readonly warnings: readonly string[];
  readonly createdMs: number;
  readonly listensFrom: string;
}

describe('The commands of webhooks', () => {
  let line: CommandLine;
  let server: Server;
  let destination: string;
  const received: { request: IncomingMessage; body: string }[] = [];
  let answer = 200;
  before(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        received.push({ request, body });
        response.writeHead(answer).end('thank you');
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    destination = `http://127.0.0.1:${port}/hook`;
    line = await openCommandLine({
      configOverrides: { CONFIG__DEFAULT__WEBHOOK__SECURITY__ALLOWED_HOSTS: `127.0.0.1:${port}` },
    });
    await line.run('connection:create', '--code', 'acme', '--name', 'Acme');
  });
  after(async () => {
    await line.close();
    await new Promise((resolve) => server.close(resolve));
  });

  let id = 0;

  it('make a webhook as the contract has it, and print its secret', async () => {
    const made = await line.json<Made>(
      'webhook:create',
      ...['--scope', 'store/customer/*', '--destination', destination, '--connection', 'acme', '--payload', 'full'],
      ...['--header', 'app-secret: abc:s3cret', '--header', 'X-Tenant:acme', '--name', 'To Acme'],
    );
    id = made.id;
    expect(made.secret).to.match(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(made).to.deep.include({
      connection: 'acme',
      website: 'base',
      headerNames: ['app-secret', 'X-Tenant'],
      payload: 'full',
      active: true,
      name: 'To Acme',
      warnings: [],
    });
    // Five seconds, until which a running server may remember that nobody listened.
    expect(Date.parse(made.listensFrom) - made.createdMs).to.be.within(5_000, 6_000);
    const told = await line.run(
      'webhook:create',
      ...['--scope', 'store/product/*', '--destination', `${destination}/{customerId}`, '--inactive'],
    );
    expect(told).to.include({ code: 0, err: '' });
    expect(told.out).to.match(/^Webhook: +2\n/);
    expect(told.out).to.match(/^State: +off$/m);
    expect(told.out).to.match(/^Signing secret: +whsec_/m);
    expect(told.out).to.include('! Nothing is sent for "store/product/*" yet').and.include('! {customerId} in the');
  });

  it('list and show them without values and secrets', async () => {
    const [first, second] = await line.json<readonly Made[]>('webhook:list');
    expect(first).to.include({ id, name: 'To Acme' });
    expect(second?.warnings).to.have.lengthOf(2);
    expect(await line.json<readonly Made[]>('webhook:list', '--connection', 'acme')).to.have.lengthOf(1);
    const list = await line.run('webhook:list');
    expect(list.out).to.match(/^ {4}1 {2}on {3}store\/customer\/\* .* acme .*\(To Acme\)\n/);
    const shown = await line.run('webhook:show', String(id));
    expect(shown.out).to.match(/^Headers: +app-secret, X-Tenant$/m);
    expect(shown.out + list.out + JSON.stringify([first, second])).to.not.match(/s3cret|whsec_/);
  });

  it('change what is given and keep the other headers', async () => {
    const changed = await line.json<Made>(
      'webhook:set',
      ...[String(id), '--header', 'x-tenant: other', '--header', 'X-New: 1', '--scope', 'store/customer/created'],
    );
    expect(changed).to.deep.include({
      headerNames: ['app-secret', 'x-tenant', 'X-New'],
      scope: 'store/customer/created',
    });
    const without = await line.json<Made>('webhook:set', String(id), '--remove-header', 'X-NEW', '--website', 'all');
    expect(without).to.deep.include({ headerNames: ['app-secret', 'x-tenant'], website: 'base' });
    expect(await line.json('webhook:set', '2', '--active', 'on', '--website', 'base')).to.include({
      active: true,
      website: 'base',
    });
    expect(await line.json('webhook:set', '2', '--website', 'all', '--fill-placeholders', 'on')).to.deep.include({
      website: null,
      fillsPlaceholders: true,
    });
  });

  it('make a new secret and say until when the old one signs', async () => {
    const rotated = await line.run('webhook:rotate-secret', String(id), '--overlap', '2d');
    expect(rotated.out).to.match(/^Signing secret: +whsec_.*\n.*\nThe old one signs as well until 20/);
    const ended = await line.run('webhook:rotate-secret', String(id), '--overlap', '0m');
    expect(ended.out).to.include('The old one ended at once.');
    expect((await line.run('webhook:show', String(id))).out).to.not.include('Secret before');
  });

  it('send a test event at once and show the answer', async () => {
    const sent = await line.run('webhook:test', String(id));
    expect(sent).to.include({ code: 0, err: '' });
    expect(sent.out).to.include(`POST ${destination}`).and.include('thank you').and.include('answered 200');
    expect(received[0]?.request.headers).to.include({ 'app-secret': 'abc:s3cret', 'x-tenant': 'other' });
    expect(JSON.parse(received[0]?.body ?? '').data.type).to.equal('webhook');
    expect(sent.out).to.not.include('s3cret');
    answer = 500;
    const failed = await line.run('webhook:test', String(id));
    expect(failed.code).to.equal(1);
    expect(failed.out).to.include('Not delivered: the receiver answered 500');
  });

  it('show and replay deliveries', async () => {
    expect((await line.run('webhook:log', String(id), '--state', 'failed', '--from', '24h')).out).to.include('no such');
    expect(await line.json('webhook:replay', String(id), '--from', '2026-01-01')).to.deep.equal({ replayed: 0 });
    expect((await line.run('webhook:replay', String(id))).out).to.include('Nothing that has ended fits');
    expect((await line.run('webhook:replay', '--delivery', '4711')).err).to.include('There is no delivery 4711');
  });

  it('delete one', async () => {
    expect((await line.run('webhook:delete', '2')).out).to.equal('The webhook 2 is deleted.\n');
    expect(await line.run('webhook:show', '2')).to.include({
      code: 1,
      err: 'There is no webhook 2; webhook:list shows those there are.\n',
    });
  });

  it('say what is wrong in one line, and tell wrong usage from refusals', async () => {
    const create = (...more: string[]) =>
      line.run('webhook:create', '--scope', 'store/*', '--destination', 'https://hooks.example.com/', ...more);
    for (const [ran, code, err] of [
      [await line.run('webhook:create', '--scope', 'store/*'), 2, /destination/],
      [await create('--header', 'nonsense'), 2, /--header is a name and a value/],
      [await create('--payload', 'heavy'), 2, /payload/],
      [await create('--website', 'nowhere'), 1, /no website "nowhere"; there are base/],
      [await create('--connection', 'nobody'), 1, /nobody/],
      [
        await line.run('webhook:create', '--scope', 'store/*', '--destination', 'https://10.0.0.1/'),
        1,
        /allowed_hosts/,
      ],
      [await line.run('webhook:set', String(id)), 2, /Say what to change/],
      [await line.run('webhook:replay'), 2, /Say the number of a webhook/],
      [await line.run('webhook:rotate-secret', String(id), '--overlap', '8d'), 1, /0m to 7d/],
    ] as const) {
      expect(ran.code, ran.err).to.equal(code);
      expect(ran.err).to.match(err);
    }
  });
});
