import { expect } from 'chai';
import { Authorizer } from '../../modules/framework/index.ts';
import { adminClient } from '../setup/administration.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type MailDatabase, type MailRoom, openMailDatabase, openMailRoom } from './room.tsx';
import { answer, type MailServer, openMailServer } from './smtp-server.ts';

/** What the API answers, of which each request gets its part. */
interface Answered {
  readonly mails: readonly { readonly id: number }[];
  readonly counts: Readonly<Record<string, number>>;
  readonly error: { readonly code: string; readonly message: string };
}

onBothEngines('The administration of mails', (engine) => {
  let shared: MailDatabase;
  let room: MailRoom;
  let server: MailServer;
  let asked: string[];
  before(async () => {
    shared = await openMailDatabase(engine);
  });
  after(() => shared.dispose());
  beforeEach(async () => {
    await shared.empty();
    asked = [];
    const authorize = async (_: unknown, resource: string) => {
      asked.push(resource);
      return 'granted' as const;
    };
    room = await openMailRoom(engine, shared, [[Authorizer, { authorize }]]);
    server = await openMailServer();
    await room.configure(server);
  });
  afterEach(async () => {
    await room.close();
    await server.close();
  });

  async function call(method: string, path: string, body?: unknown) {
    const { url } = await room.host.listen();
    const { status, json } = await adminClient(url).send<Answered>(method, `/mails${path}`, body);
    return { status, body: json };
  }

  it('lists mails, newest first and page by page, of all states or of one', async () => {
    for (let n = 0; n < 5; n++) await room.send({ topic: n % 2 ? 'odd:1' : 'even:1' });
    await room.look();
    room.advance(1000);
    await room.send();
    const ids = async (query: string) => (await call('GET', query)).body.mails.map(({ id }) => id);
    expect(await ids('')).to.deep.equal([6, 5, 4, 3, 2, 1]);
    expect(await ids('?limit=2')).to.deep.equal([6, 5]);
    expect(await ids('?limit=2&before=5')).to.deep.equal([4, 3]);
    expect(await ids('?state=sent&limit=3')).to.deep.equal([5, 4, 3]);
    expect(await ids('?state=sent&limit=3&before=3')).to.deep.equal([2, 1]);
    expect(await ids('?topic=odd:1')).to.deep.equal([4, 2]);
    expect((await call('GET', '')).body.counts).to.deep.equal({ sent: 5, waiting: 1 });
    expect((await call('GET', '?state=gone')).body.error.message).to.contain('waiting, sending, sent');
    expect((await call('GET', '?limit=x')).status).to.equal(400);
  });

  it('shows and retries one', async () => {
    server.beforeRecipient = () => {
      throw answer(550, 'No');
    };
    await room.send();
    await room.look();
    expect((await call('GET', '/1')).body).to.include({ id: 1, state: 'failed', attempts: 1 });
    expect(await call('POST', '/1/retry')).to.deep.include({ status: 200 });
    expect((await call('GET', '/1')).body).to.include({ state: 'waiting', attempts: 0, note: null });
    expect(await call('POST', '/1/retry')).to.have.nested.property('body.error.code', 'MAIL_NOT_RETRIED');
    expect((await call('POST', '/2/retry')).status).to.equal(404);
    expect((await call('GET', '/x')).status).to.equal(404);
    expect(new Set(asked)).to.deep.equal(new Set(['mail::queue']));
  });

  it('sends a test mail and says what came of it', async () => {
    const sent = await call('POST', '/test', { to: 'ann@shop.example' });
    expect(sent).to.deep.include({ status: 200 });
    expect(sent.body).to.include({ to: 'ann@shop.example', encryption: 'none' });
    expect(server.mails).to.have.length(1);
    server.beforeRecipient = () => {
      throw answer(550, 'Relaying denied');
    };
    const refused = await call('POST', '/test', { to: 'ann@shop.example' });
    expect([refused.status, refused.body.error.message]).to.deep.equal([
      502,
      'The SMTP server refuses the mail: 550 Relaying denied',
    ]);
    expect((await call('POST', '/test', { to: 'x' })).status).to.equal(400);
    expect((await call('POST', '/test', {})).status).to.equal(400);
    expect(new Set(asked)).to.deep.equal(new Set(['mail::test']));
  });
});
