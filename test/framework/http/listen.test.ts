import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'chai';
import { ListenError, listen } from '../../../modules/framework/http/listen.ts';

describe('listening', () => {
  it('says in one line that the port is taken and what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const error = await listen(() => {}, '127.0.0.1', port).catch((caught: unknown) => caught);
    expect(error).to.be.instanceOf(ListenError).and.have.property('code', 'PORT_TAKEN');
    expect((error as Error).message).to.match(new RegExp(`^Port ${port} on 127.0.0.1 is taken\\. .*PORT\\.$`));
    await new Promise((resolve) => other.close(resolve));
  });

  it('says that an address is not of this machine', async () => {
    const error = await listen(() => {}, '203.0.113.7', 0).catch((caught: unknown) => caught);
    expect(error).to.have.property('code', 'HOST_UNKNOWN');
  });

  it('lets requests under way finish and refuses new connections when it closes', async () => {
    let release = () => {};
    let began = () => {};
    const under = new Promise<void>((resolve) => {
      began = resolve;
    });
    const listening = await listen(
      (_request, response) => {
        release = () => response.end('done');
        began();
      },
      '127.0.0.1',
      0,
    );
    const url = `http://127.0.0.1:${listening.port}/`;
    const answer = fetch(url).then((response) => response.text());
    await under;
    const closed = listening.close(10_000);
    expect(await fetch(url).catch(() => 'refused')).to.equal('refused');
    release();
    expect(await answer).to.equal('done');
    await closed;
  });

  it('cuts a request that does not end within the grace', async () => {
    let began = () => {};
    const under = new Promise<void>((resolve) => {
      began = resolve;
    });
    const listening = await listen(() => began(), '127.0.0.1', 0);
    const answer = fetch(`http://127.0.0.1:${listening.port}/`).then(
      () => 'answered',
      () => 'cut',
    );
    await under;
    await listening.close(20);
    expect(await answer).to.equal('cut');
  });
});
