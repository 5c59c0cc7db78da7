import { expect } from 'chai';
import { countStatements } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openSignInHost, type SignInHost, storefront } from './sign-in-host.ts';

onBothEngines('A login that changes nothing', (engine) => {
  let room: SignInHost;
  before(async () => {
    room = await openSignInHost(engine);
    await room.provision('ada@example.com');
  });
  after(() => room.close());

  it('is one statement on the way out, ten on the way back, six for the storefront, four for a look at the account', async () => {
    const browser = room.visitor();
    const token = await room.storefrontToken();
    const exchange = (location: string | null) =>
      room.exchange(token, { code: new URL(location ?? '').searchParams.get('code'), redirect_uri: storefront });
    // Settings, attributes and tokens are read once in a while: this login has them read.
    await exchange((await room.signIn(browser)).location);
    const counted = countStatements(room.database);
    const since = async <T>(work: Promise<T>): Promise<[T, number]> => {
      const done = await work;
      const { length } = counted.statements;
      counted.reset();
      return [done, length];
    };
    const [id, begun] = await since(room.begin(browser));
    const [page, finished] = await since(room.answer(browser, { inResponseTo: id }, id));
    const [{ status }, exchanged] = await since(exchange(page.location));
    const [account, looked] = await since(browser.get('/saml/default/account'));
    counted.stop();
    expect([page.status, status, account.status]).to.deep.equal([303, 200, 200]);
    expect({ begun, finished, exchanged, looked }).to.deep.equal({ begun: 1, finished: 10, exchanged: 6, looked: 4 });
  });
});
