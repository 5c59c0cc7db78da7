import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { Json, ScimClient } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';
import { release, setVisibility } from './website-store.ts';

onBothEngines('Where a connection may see the whole website', (engine) => {
  let host: ScimHost;
  let other: ScimClient;
  let user: string;
  let shopper: string;
  let plain: string;
  const address = {
    type: 'work',
    streetAddress: '1 A St',
    locality: 'Austin',
    region: 'Texas',
    country: 'US',
    primary: true,
  };
  before(async () => {
    host = await openHost(engine, { secondWebsite: true });
    other = await host.connect('other');
    user = await host.scim.create({ userName: 'user@example.com', title: 'Clerk' });
    shopper = await other.create({
      userName: 'Shopper@Example.com',
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      title: 'Countess',
      phoneNumbers: [{ value: '+15125550123', type: 'work' }],
      addresses: [{ type: 'work', streetAddress: '1 A St', locality: 'Austin', region: 'TX', country: 'US' }],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Engines' },
    });
    await release(host, [shopper]);
    await other.create({ userName: 'theirs@example.com' });
    await host.shopper('far@example.com', {}, 2);
    plain = String(await host.shopper('plain@example.com', { is_active: 0 }));
    const gone = await host.scim.create({ userName: 'gone@example.com' });
    await host.scim.delete(gone);
    await setVisibility(host, 'website');
  });
  after(() => host.close());

  const idsOf = ({ Resources }: Json): string[] =>
    ((Resources ?? []) as unknown as { id: string }[]).map(({ id }) => id);

  it('lists its users and the shoppers of the website, and nobody else', async () => {
    for (const query of ['', '?count=10', '?cursor=', '?cursor=&count=10']) {
      const { json } = await host.scim.get(`/Users${query}`);
      expect([idsOf(json), json.totalResults], query).to.deep.equal([[user, shopper, plain], 3]);
    }
    expect((await host.scim.get('/Users?count=0')).json.totalResults).to.equal(3);
    const message = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], startIndex: 2, count: 1 };
    const { json } = await host.scim.send('POST', '/Users/.search', message);
    expect([idsOf(json), json.totalResults, json.startIndex]).to.deep.equal([[shopper], 3, 2]);
    const found = await host.scim.find('active eq false', '&sortBy=userName');
    expect([idsOf(found.json), found.json.totalResults]).to.deep.equal([[plain], 1]);
  });

  it('shows a shopper as the mapping makes a user of it, in a list, by an identifier and by its id alike', async () => {
    const { json } = await host.scim.get(`/Users/${shopper}`);
    const { meta, schemas, ...rest } = json as unknown as Record<string, unknown>;
    expect(rest).to.deep.equal({
      id: shopper,
      userName: 'Shopper@Example.com',
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      title: 'Countess',
      emails: [{ value: 'Shopper@Example.com', type: 'work', primary: true }],
      phoneNumbers: [{ value: '+15125550123', type: 'work', primary: true }],
      addresses: [address],
      active: true,
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Engines' },
    });
    expect(schemas).to.have.length(2);
    expect(meta).to.have.all.keys('resourceType', 'created', 'lastModified', 'location', 'version');
    for (const filter of [
      `id eq "${shopper}"`,
      'userName eq "SHOPPER@example.com"',
      'emails.value eq "shopper@example.com"',
      'emails[type eq "work" and value eq "shopper@example.com"]',
      'name.familyName eq "lovelace"',
      'addresses[locality eq "austin"]',
    ]) {
      const found = await host.scim.find(filter);
      expect(found.json.Resources, filter).to.deep.equal([json]);
    }
    expect((await host.scim.get('/Users?startIndex=2&count=1')).json.Resources).to.deep.equal([json]);
  });

  it('finds no shopper by what none can have, and says at once that there is none', async () => {
    for (const filter of [
      'externalId pr',
      'groups pr',
      'externalId eq "x"',
      'nickName sw "a"',
      'title ne null and groups.value eq "1"',
    ])
      expect((await host.scim.find(filter)).json.totalResults, filter).to.equal(0);
    expect((await host.scim.find('not (externalId pr)')).json.totalResults).to.equal(3);
  });

  it('takes a shopper over with the first change that names the version shown, and it stays in its place', async () => {
    const before = (await host.scim.get(`/Users/${shopper}`)).json;
    const change = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'externalId', value: 'e-1' }],
    };
    const send = (version: unknown) =>
      host.scim.send('PATCH', `/Users/${shopper}`, change, { 'if-match': String(version) });
    await host.database.run(sql`UPDATE {customer_entity} SET lastname = 'King' WHERE entity_id = ${shopper}`);
    expect((await send(before.meta?.version)).status).to.equal(412);
    await host.database.run(sql`UPDATE {customer_entity} SET lastname = 'Lovelace' WHERE entity_id = ${shopper}`);
    const { status, text } = await send(before.meta?.version);
    expect(status, text).to.equal(200);
    // An address that the provider has not sent stays in the store, and is the store's own.
    const { meta: _, addresses, ...shown } = before as unknown as Record<string, unknown>;
    const { meta: __, ...after } = (await host.scim.get(`/Users/${shopper}`)).json as unknown as Record<
      string,
      unknown
    >;
    expect(addresses).to.deep.equal([address]);
    expect(after).to.deep.equal({ ...shown, externalId: 'e-1' });
    expect(idsOf((await host.scim.get('/Users')).json)).to.deep.equal([user, shopper, plain]);
    await release(host, [shopper]);
  });

  it('shows none of them in lists, and identifiers alone, once the policy is taken back', async () => {
    await setVisibility(host, 'managed');
    const { json } = await host.scim.get('/Users');
    expect([idsOf(json), json.totalResults]).to.deep.equal([[user], 1]);
    expect(Object.keys((await host.scim.get(`/Users/${shopper}`)).json)).to.have.members([
      'schemas',
      'id',
      'userName',
      'emails',
      'meta',
    ]);
    expect((await host.scim.find('title eq "Countess"')).json.totalResults).to.equal(0);
    await setVisibility(host, 'website');
  });
});
