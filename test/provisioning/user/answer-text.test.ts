import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Leaves nothing out that is there, and has the answer put together from its parts. */
const inParts = 'excludedAttributes=x509Certificates';

onBothEngines('An answer that is written from what is stored as text', (engine) => {
  let host: ScimHost;
  const ids: string[] = [];

  before(async () => {
    host = await openHost(engine);
    const users: Record<string, unknown>[] = [
      { userName: 'plain' },
      { userName: 'quotes "and" \\ back\\slashes', displayName: 'a,"schemas":["urn:x"],"id":"7"' },
      { userName: 'zoë-ßtraße-🐤', name: { givenName: 'Zoë', familyName: '\u2028line\u2029' } },
      { userName: 'inactive', active: false, externalId: '{"id":"1"}' },
      { userName: 'enterprise', [enterprise]: { department: 'R&D', employeeNumber: '7' }, title: 'x' },
      { userName: 'many', emails: [{ value: 'many@example.com', primary: true }, { value: 'b@example.com' }] },
      { userName: 'drifted', name: { givenName: 'Before', familyName: 'Drift' }, title: 'y' },
      { userName: 'member' },
    ];
    for (const user of users) ids.push(await host.scim.create(user));
    await host.scim.patch(ids[0] ?? '', { op: 'add', path: `${enterprise}:division`, value: 'New' });
    await host.database.run(sql`UPDATE {customer_entity} SET firstname = 'After' WHERE entity_id = ${Number(ids[6])}`);
    await host.scim.send('POST', '/Groups', { displayName: 'All "of" them', members: [{ value: ids[7] }] });
    const shopper = await host.shopper('taken@example.com');
    await host.scim.patch(shopper, { op: 'add', path: 'title', value: 'Taken over' });
    ids.push(String(shopper));
  });
  after(() => host.close());

  it('is the same page as one put together attribute by attribute', async () => {
    for (const more of ['count=100', 'count=3&startIndex=2', 'count=100&cursor']) {
      const asText = await host.scim.get(`/Users?${more}`);
      const parts = await host.scim.get(`/Users?${more}&${inParts}`);
      expect(asText.status, asText.text).to.equal(200);
      expect(asText.json.Resources).to.have.length.above(2);
      expect(asText.json).to.deep.equal(parts.json);
    }
  });

  it('is the same user, by id, by name and in a search', async () => {
    for (const id of ids) {
      const one = await host.scim.get(`/Users/${id}`);
      expect(one.json, id).to.deep.equal((await host.scim.get(`/Users/${id}?${inParts}`)).json);
      const found = await host.scim.find(`userName eq ${JSON.stringify(String(one.json.userName))}`);
      expect(found.json.Resources?.[0], id).to.deep.equal(one.json);
      const searched = await host.scim.send('POST', '/Users/.search', { filter: `id eq "${id}"` });
      expect(searched.json.Resources?.[0], id).to.deep.equal(one.json);
    }
  });

  it('is the same right after it was written', async () => {
    const user = { userName: 'fresh', displayName: 'Fresh "1"', [enterprise]: { costCenter: '9' } };
    const made = await host.scim.post(user);
    const id = String(made.json.id);
    expect(made.json).to.deep.equal((await host.scim.get(`/Users/${id}?${inParts}`)).json);
    const changes = [
      () => host.scim.patch(id, { op: 'remove', path: enterprise }, { op: 'add', path: 'nickName', value: 'F' }),
      () => host.scim.put(id, { ...user, active: false }),
    ];
    for (const change of changes)
      expect((await change()).json).to.deep.equal((await host.scim.get(`/Users/${id}?${inParts}`)).json);
    expect((await host.scim.get(`/Users/${id}`)).json.schemas).to.deep.equal([
      'urn:ietf:params:scim:schemas:core:2.0:User',
      enterprise,
    ]);
  });

  it('says what is shown of documents that were stored without their schemas', async () => {
    const id = Number(ids[4]);
    const before = await host.scim.get(`/Users/${id}`);
    const { document } = await host.row<{ document: string }>(
      sql`SELECT document FROM {vestibule_user_document} WHERE customer_id = ${id}`,
    );
    const { schemas, ...rest } = JSON.parse(document) as Record<string, unknown>;
    expect(schemas).to.include(enterprise);
    await host.database.run(
      sql`UPDATE {vestibule_user_document} SET document = ${JSON.stringify(rest)} WHERE customer_id = ${id}`,
    );
    const after = await host.scim.get(`/Users/${id}`);
    const shown = ({ meta: _, ...user }: Record<string, unknown>) => user;
    expect(shown(after.json as never)).to.deep.equal(shown(before.json as never));
    const listed = await host.scim.get('/Users?count=100');
    const found = (listed.json.Resources as never as { id: string }[]).find((user) => user.id === String(id));
    expect(found).to.deep.equal(after.json);
  });
});
