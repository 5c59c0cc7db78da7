import { expect } from 'chai';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import { Agreements, SamlIdentities } from '../../../modules/saml/index.ts';
import saml from '../../../modules/saml/module.ts';
import { openHost, type ScimHost } from '../../provisioning/host.ts';
import { type Connected, connected } from '../../provisioning/policy/connected.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type People, peopleOf } from './people.ts';

onBothEngines('Whether SAML and SCIM agree on who people are', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let people: People;
  let agreements: Agreements;
  before(async () => {
    host = await openHost(engine, { modules: [saml] });
    agreements = host.host.resolve(Agreements);
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    people = peopleOf(host, shop.code);
  });

  const told = async (): Promise<string[]> => {
    const { rows } = await agreements.page(host.database, await shop.connection());
    return rows.map(({ customerId, kind, scim, saml: said }) => `${customerId} ${kind}: ${scim} / ${said}`);
  };
  const uidRows = {
    claims: [
      { claim: 'uid', path: 'userName' },
      { claim: 'mail', path: 'emails[main].value' },
      { claim: 'no', path: 'externalId' },
    ],
  };

  it('they do where one follows the other, and where somebody is known to one alone', async () => {
    await shop.scim.create(shop.person('scim-only'));
    await people.signIn({ nameId: `saml-only.${shop.code}@example.com` });
    await people.signIn({ nameId: 'opaque', format: 'persistent', attributes: { upn: `born-${shop.code}` } });
    await shop.scim.create(shop.person('both'));
    await people.signIn({
      nameId: `BOTH.${shop.code}@example.com`,
      attributes: { email: `Both.${shop.code}@example.com` },
    });
    await shop.scim.create(shop.person('by-id'));
    await people.signIn({
      nameId: `by-id-${shop.code}`,
      format: 'persistent',
      attributes: { upn: `by-id.${shop.code}@example.com` },
    });
    expect(await told()).to.deep.equal([]);
  });

  it('they do not on another userName, address or externalId', async () => {
    const id = await shop.scim.create({ ...shop.person('ann'), externalId: `e-${shop.code}` });
    const mail = `other.${shop.code}@example.com`;
    await people.signIn({ nameId: `e-${shop.code}`, attributes: { uid: 'annie', mail, no: 'e-9' } }, uidRows);
    expect(await told()).to.deep.equal([
      `${id} user-name: ann.${shop.code}@example.com / annie`,
      `${id} email: ann.${shop.code}@example.com / ${mail}`,
      `${id} external-id: e-${shop.code} / e-9`,
    ]);
  });

  it('they do not where the identifier is nothing of SCIM’s, or another user’s', async () => {
    const { userId } = await people.signIn({
      nameId: 'ñ-1',
      format: 'persistent',
      attributes: { upn: `n1-${shop.code}` },
    });
    await shop.scim.patch(userId, { op: 'add', path: 'externalId', value: 'scim-1' });
    expect(await told()).to.deep.equal([`${userId} identifier: scim-1 / ñ-1`]);
    const other = await shop.scim.create({ userName: `other-${shop.code}`, externalId: 'ñ-1' });
    expect(await told()).to.deep.equal([`${userId} identifier: scim-1 / ñ-1`, `${userId} other-user: ${other} / ñ-1`]);
  });

  it('they do not where two sign in as one', async () => {
    const id = await shop.scim.create({ userName: `two-${shop.code}`, externalId: 'x-1' });
    await people.signIn({ nameId: `two-${shop.code}` });
    await people.signIn(
      { nameId: 'x-1' },
      {
        claims: [
          { claim: 'NameID', path: 'nickName' },
          { claim: 'u', path: 'userName' },
        ],
      },
    );
    const rows = await told();
    expect(rows.filter((row) => row.includes(' several: '))).to.have.length(1);
    const [connection, identities] = [await shop.connection(), host.host.resolve(SamlIdentities)];
    expect(
      (await identities.ofCustomer(host.database, Number(id))).map(({ identifier }) => identifier),
    ).to.have.members([`two-${shop.code}`, 'x-1']);
    expect(await host.database.transaction((tx) => identities.forget(tx, connection.id, Number(id)))).to.equal(2);
    expect(await told()).to.deep.equal([]);
  });

  it('is looked at page by page, in three statements each, along an index', async () => {
    for (let n = 0; n < 7; n++) await people.signIn({ nameId: `p${n}.${shop.code}@example.com` });
    const connection = await shop.connection();
    const counted = countStatements(host.database);
    let [after, seen, pages] = [undefined as { customerId: number; digest: string } | undefined, 0, 0];
    do {
      counted.reset();
      const page = await agreements.page(host.database, connection, { ...(after ? { after } : {}), limit: 3 });
      expect(counted.statements).to.have.length.of.at.most(3);
      seen += page.seen;
      pages++;
      after = page.next;
    } while (after);
    expect([seen, pages]).to.deep.equal([7, 3]);
    const plan = JSON.stringify(
      await host.database.all({
        sql: `EXPLAIN ${engine.name === 'sqlite' ? 'QUERY PLAN ' : ''}${counted.statements[0] ?? 'SELECT 1'}`.replace(
          /\?/g,
          '1',
        ),
        values: [],
      }),
    );
    expect(plan).to.contain('vestibule_saml_identity_listing');
    expect(plan).not.to.contain('filesort').and.not.to.contain('TEMP B-TREE');
    await host.database.run(sql`DELETE FROM {vestibule_saml_identity} WHERE connection_id = ${connection.id}`);
  });
});
