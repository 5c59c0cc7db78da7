import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { type SignedIn, SignInRefused } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from '../policy/connected.ts';
import { type Door, doorOf } from './door.ts';

onBothEngines('Sign-ins at the same moment', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let door: Door;
  before(async () => {
    host = await openHost(engine, { file: true });
    await host.warm();
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    door = doorOf(host, shop);
  });

  const users = async (): Promise<number> =>
    (
      await host.row<{ n: number }>(
        sql`SELECT COUNT(*) AS n FROM {vestibule_user} WHERE connection_id = ${(await shop.connection()).id}`,
      )
    ).n;

  it('make one customer of one person, and let everybody in', async () => {
    const name = `many.${shop.code}@example.com`;
    const before = await shop.customers();
    const came = await Promise.all(
      Array.from({ length: 16 }, () =>
        door.signIn(name, { title: 'x', name: { givenName: 'A', familyName: 'B' } }, { groups: [`G ${shop.code}`] }),
      ),
    );
    expect(new Set(came.map(({ userId }) => userId)).size).to.equal(1);
    expect(came.filter(({ outcome }) => outcome === 'created')).to.have.length(1);
    expect([await shop.customers(), await users()]).to.deep.equal([before + 1, 1]);
    const records = (await host.records()).filter(
      ({ operation, subject }) => operation === 'sign-in' && subject === name,
    );
    expect(records).to.have.length(16);
  });

  it('of many people who are the first of a group make that group once', async () => {
    const came = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        door.signIn(`p${n}.${shop.code}@example.com`, {}, { groups: [`New ${shop.code}`] }),
      ),
    );
    expect(came.every(({ outcome }) => outcome === 'created')).to.equal(true);
    const groups = await host.rows<{ member_count: number }>(
      sql`SELECT member_count FROM {vestibule_group} WHERE connection_id = ${(await shop.connection()).id}`,
    );
    expect(groups).to.deep.equal([{ member_count: 12 }]);
  });

  it('and SCIM make one user of one person, whoever is quicker', async () => {
    for (let round = 0; round < 6; round++) {
      const name = `race${round}.${shop.code}@example.com`;
      const before = await shop.customers();
      const signingIn = (): Promise<SignedIn | unknown> => door.signIn(name).catch((error: unknown) => error);
      const [first, posted, second] = await Promise.all([signingIn(), shop.scim.post({ userName: name }), signingIn()]);
      expect([201, 409]).to.include(posted.status);
      for (const one of [first, second]) {
        if (one instanceof SignInRefused) throw one;
        expect((one as SignedIn).email).to.equal(name);
      }
      expect((first as SignedIn).userId).to.equal((second as SignedIn).userId);
      expect(await shop.customers()).to.equal(before + 1);
    }
    expect(await users()).to.equal(6);
  });
});
