import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedClient, type MappedHost, openMappedHost } from '../mapped/mapped-host.ts';
import { type Door, doorOf } from './door.ts';

onBothEngines('The mapping of a connection, at a sign-in,', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());

  const door = ({ code }: MappedClient): Door =>
    doorOf(host, { connection: () => host.host.resolve(Connections).byCode(host.database, code) });
  const said = (name: string, more: Record<string, unknown> = {}) => ({
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
    ...more,
  });

  it('evaluates its expressions for whoever is new, and for whom a sign-in changes', async () => {
    const text = '$uppercase(name.familyName) & ", " & nickName';
    const scim = await host.mapped([{ id: 'computed', type: 'expression', expression: text, target: 'job_title' }]);
    const people = door(scim);
    const { customerId } = await people.signIn(`${scim.code}-x`, said(scim.code, { nickName: 'a' }));
    expect((await host.eav(customerId)).job_title).to.equal('LOVELACE, a');
    expect((await people.signIn(`${scim.code}-x`, said(scim.code, { nickName: 'b' }))).outcome).to.equal('updated');
    expect((await host.eav(customerId)).job_title).to.equal('LOVELACE, b');
  });

  it('says by onNull what a claim that comes no longer leaves behind', async () => {
    const scim = await host.mapped([
      { id: 'kept', type: 'direct', source: 'title', target: 'job_title', onNull: 'keep' },
      { id: 'cleared', type: 'direct', source: 'nickName', target: 'suffix' },
    ]);
    const people = door(scim);
    const more = { title: 'Countess', nickName: 'C' };
    const { userId, customerId } = await people.signIn(`${scim.code}-x`, said(scim.code, more));
    await people.signIn(`${scim.code}-x`, said(scim.code));
    const { json } = await scim.get(`/Users/${userId}`);
    expect([json.title, json.nickName]).to.deep.equal([undefined, undefined]);
    expect((await host.eav(customerId)).job_title).to.equal('Countess');
    expect((await host.customer(customerId)).suffix).to.equal(null);
  });

  it('finds customers that nobody manages by its match rows', async () => {
    const scim = await host.mapped([
      { id: 'number', type: 'direct', source: 'nickName', target: 'employee_number', match: 1 },
    ]);
    const shopper = await host.shopper(`shopper-${scim.code}@example.com`, { employee_number: `n-${scim.code}` });
    const people = door(scim);
    const came = await people.signIn(`${scim.code}-x`, said(scim.code, { nickName: `n-${scim.code}` }));
    expect(came).to.include({ customerId: shopper, outcome: 'adopted', email: `shopper-${scim.code}@example.com` });
    const locked = await host.shopper(`locked-${scim.code}@example.com`, {
      employee_number: `l-${scim.code}`,
      is_active: 0,
    });
    const refused = await people.refused(`${scim.code}-l`, said(`l${scim.code}`, { nickName: `l-${scim.code}` }));
    expect(refused.code).to.equal('INACTIVE');
    expect(await host.rows(sql`SELECT customer_id FROM {vestibule_user} WHERE customer_id = ${locked}`)).to.deep.equal(
      [],
    );
  });

  it('takes part of an address, and refuses nobody for a value that it can’t map', async () => {
    const scim = await host.mapped([
      { id: 'country', type: 'direct', source: 'addresses[main].country', target: 'address.country_id' },
      { id: 'city', type: 'direct', source: 'addresses[main].locality', target: 'address.city' },
      { id: 'group', type: 'direct', source: 'title', target: 'group' },
    ]);
    const people = door(scim);
    const addresses = [{ type: 'work', country: 'DE' }];
    const { customerId } = await people.signIn(`${scim.code}-x`, said(scim.code, { addresses }));
    const came = await people.signIn(`${scim.code}-x`, said(scim.code, { addresses, title: 'no such group' }));
    expect(came).to.include({ customerId, outcome: 'unchanged' });
    expect((await people.refused(`${scim.code}-y`, said(`y${scim.code}`, { title: 'no such group' }))).code).to.equal(
      'INVALID',
    );
  });
});
