import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openSignInHost, type SignInHost, storefront } from '../login/sign-in-host.ts';

onBothEngines('A storefront that exchanges the code of a login', (engine) => {
  let room: SignInHost;
  let token: string;
  let customerId: number;
  before(async () => {
    room = await openSignInHost(engine);
    customerId = await room.provision('ada@example.com');
    token = await room.storefrontToken();
  });
  after(() => room.close());

  /** The code of a new login that goes to this address. */
  async function code(address = storefront): Promise<string> {
    const { location } = await room.signIn(room.visitor(), {}, `?return_to=${encodeURIComponent(address)}`);
    return new URL(location ?? '').searchParams.get('code') ?? '';
  }
  const exchange = (body: unknown, bearer = token, connection = 'default') => room.exchange(bearer, body, connection);

  it('gets the customer and a token of the store, recorded with the name of its own token', async () => {
    const { status, json } = await exchange({ code: await code(), redirect_uri: storefront });
    expect(status, JSON.stringify(json)).to.equal(200);
    const { token: issued, ...rest } = json;
    expect(rest).to.deep.equal({
      customerId,
      email: 'ada@example.com',
      websiteId: 1,
      expiresAt: new Date(room.now().getTime() + 3_600_000).toISOString(),
    });
    const kept = await room.rows(
      sql`SELECT customer_id, type, user_type FROM {oauth_token} WHERE token = ${String(issued)}`,
    );
    expect(kept).to.deep.equal([{ customer_id: customerId, type: 'access', user_type: 3 }]);
    const [record] = await room.records();
    expect(record).to.include({ operation: 'sign-in.exchange', outcome: 'done', customerId, actor: 'storefront' });
  });

  it('gets it once, though it comes fifty times at once', async () => {
    const body = { code: await code(), redirect_uri: storefront };
    await room.warm();
    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(body)));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([200, 400]));
  });

  it('hears one and the same error of whatever is no good code', async () => {
    await room.connect('other');
    await room.change({ on: true }, 'other').catch(() => undefined);
    const foreign = await room.storefrontToken('other');
    const [used, late, elsewhere, others, gone] = [
      await code(),
      await code(),
      await code(),
      await code(),
      await code(),
    ];
    await exchange({ code: used, redirect_uri: storefront });
    const answers = [
      await exchange({ code: 'A'.repeat(43), redirect_uri: storefront }),
      await exchange({ code: 'short', redirect_uri: storefront }),
      await exchange({ code: used, redirect_uri: storefront }),
      await exchange({ code: elsewhere, redirect_uri: `${storefront}other` }),
      await exchange({ code: elsewhere, redirect_uri: 'https://evil.example/' }),
      await exchange({ code: elsewhere, redirect_uri: 'no address' }),
      await exchange({ code: others, redirect_uri: storefront }, foreign, 'other'),
    ];
    await room.database.run(sql`UPDATE {customer_entity} SET is_active = 0 WHERE entity_id = ${customerId}`);
    answers.push(await exchange({ code: gone, redirect_uri: storefront }));
    await room.database.run(sql`UPDATE {customer_entity} SET is_active = 1 WHERE entity_id = ${customerId}`);
    room.advance(60);
    answers.push(await exchange({ code: late, redirect_uri: storefront }));
    const errors = answers.map(({ json }) => json.error as { code: string; message: string; requestId: string });
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 400));
    expect(errors.map(({ code, message }) => code + message)).to.deep.equal(
      errors.map(() => `CODE_INVALID${errors[0]?.message}`),
    );
    const [record] = await room.records();
    expect(record).to.include({ operation: 'sign-in.exchange', outcome: 'refused', status: 400 });
    expect(record?.requestId, 'what the answer says').to.equal(errors.at(-1)?.requestId);
  });

  it('does not lose a code that somebody else has tried', async () => {
    const one = await code();
    expect((await exchange({ code: one, redirect_uri: `${storefront}x` })).status).to.equal(400);
    expect((await exchange({ code: one, redirect_uri: storefront })).status).to.equal(200);
  });

  it('needs a token of the connection with the scope for it, which tokens for SCIM have not', async () => {
    const body = { code: await code(), redirect_uri: storefront };
    const scim = await exchange(body, room.token);
    expect(scim.status).to.equal(403);
    expect(JSON.stringify(scim.json)).to.contain('saml:exchange');
    expect((await exchange(body, 'vsb_nothing')).status).to.equal(401);
    expect((await exchange(body, token, 'elsewhere')).status).to.equal(401);
    const nobody = await fetch(`${room.url}/saml/default/exchange`, { method: 'POST', body: '{}' });
    expect([nobody.status, nobody.headers.get('www-authenticate')]).to.deep.equal([401, 'Bearer']);
    const users = await fetch(`${room.url}/scim/v2/Users`, { headers: { authorization: `Bearer ${token}` } });
    expect(users.status).to.equal(403);
    expect((await exchange(body)).status).to.equal(200);
    expect((await exchange({ code: body.code })).status).to.equal(400);
  });

  it('may be wrong sixty times a minute, and is served all the same when it is right', async () => {
    room.advance(60);
    const good = await code();
    const wrong = { code: 'B'.repeat(43), redirect_uri: storefront };
    const statuses = await Promise.all(Array.from({ length: 80 }, async () => (await exchange(wrong)).status));
    expect(statuses.filter((status) => status === 400)).to.have.length(60);
    expect(statuses.filter((status) => status === 429)).to.have.length(20);
    expect((await exchange({ code: good, redirect_uri: storefront })).status).to.equal(200);
  });
});
