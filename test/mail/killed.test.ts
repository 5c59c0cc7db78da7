import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { onBothEngines } from '../setup/databases.ts';
import { type MailRoom, openMailRoom } from './room.tsx';
import { header, type MailServer, openMailServer } from './smtp-server.ts';

const minute = 60_000;

onBothEngines('A process that is killed while it sends a mail', (engine) => {
  let room: MailRoom;
  let server: MailServer;
  let url: string;
  let dispose: () => Promise<void>;
  const time = { now: Date.parse('2024-05-06T12:00:00.000Z') };
  before(async () => {
    const opened = await engine.open({ file: true, migrated: true });
    ({ url, dispose } = opened);
    room = await openMailRoom(engine, { opened, time });
    server = await openMailServer();
    await room.configure(server);
  });
  after(async () => {
    await room.close();
    await server.close();
    await dispose();
  });
  const script = fileURLToPath(new URL('./killed-process.ts', import.meta.url));
  /** Runs a process that dies before it writes down what the server took. */
  async function runAndKill(when: 'marking' | 'elsewhere'): Promise<void> {
    const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script, url, String(time.now), when], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    // The server takes the mail, and nobody is left to hear that it did.
    if (when === 'elsewhere') server.beforeTaking = () => void child.kill('SIGKILL');
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    server.beforeTaking = () => {};
    expect(signal).to.equal('SIGKILL');
  }
  const newest = async () => (await room.all()).at(-1);

  it('between the server taking it and writing that down leaves one duplicate, be it killed twice, under one Message-ID', async function () {
    this.timeout(60_000);
    await room.send();
    await runAndKill('elsewhere');
    expect(server.mails).to.have.length(1);
    expect(await newest()).to.include({ state: 'sending', attempts: 1 });
    expect(await room.look()).to.include({ sent: 0 });
    room.advance(16 * minute);
    await runAndKill('marking');
    const ids = server.mails.map((mail) => header(mail, 'Message-ID'));
    expect(ids).to.have.length(2);
    expect(ids[0]).to.be.a('string').and.equal(ids[1]);
    room.advance(16 * minute);
    expect(await room.look()).to.include({ sent: 0 });
    expect(server.mails).to.have.length(2);
    const ended = await newest();
    expect(ended?.state).to.equal('failed');
    expect(ended?.note).to.contain('interrupted twice');
  });
});
