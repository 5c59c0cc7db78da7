import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { openHost, type ScimHost } from '../provisioning/host.ts';
import { onBothEngines } from '../setup/databases.ts';

const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const group = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const bulk = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const patch = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const rename = { schemas: [patch], Operations: [{ op: 'replace', path: 'name.givenName', value: 'Else' }] };

onBothEngines('A change and its record', (engine) => {
  let host: ScimHost;
  let id: string;
  let team: string;
  before(async () => {
    host = await openHost(engine);
    id = await host.scim.create({ userName: 'ada@example.com', name: { givenName: 'Ada' } });
    team = String((await host.scim.send('POST', '/Groups', { schemas: [group], displayName: 'Team' })).json.id);
  });
  after(() => host.close());

  const state = async () =>
    JSON.stringify([
      await host.rows(
        sql`SELECT entity_id, email, firstname, is_active, group_id FROM {customer_entity} ORDER BY entity_id`,
      ),
      await host.rows(sql`SELECT customer_group_code FROM {customer_group} ORDER BY customer_group_id`),
      (await host.scim.get(`/Groups/${team}`)).json.members ?? [],
    ]);

  /** Runs it while no record can be written. */
  async function unrecorded<T>(work: () => Promise<T>): Promise<T> {
    await host.records();
    await host.database.run(sql`ALTER TABLE {vestibule_activity_pending} RENAME TO {vestibule_activity_away}`);
    try {
      return await work();
    } finally {
      await host.database.run(sql`ALTER TABLE {vestibule_activity_away} RENAME TO {vestibule_activity_pending}`);
    }
  }

  const changes: Readonly<Record<string, () => readonly [string, string, Record<string, unknown>?]>> = {
    'a new user': () => ['POST', '/Users', { schemas: [user], userName: 'bob@example.com' }],
    'a changed user': () => ['PATCH', `/Users/${id}`, rename],
    'a replaced user': () => ['PUT', `/Users/${id}`, { schemas: [user], userName: 'ada@example.com', active: false }],
    'a deleted user': () => ['DELETE', `/Users/${id}`],
    'a new group': () => ['POST', '/Groups', { schemas: [group], displayName: 'Other' }],
    'a new member': () => [
      'PATCH',
      `/Groups/${team}`,
      { schemas: [patch], Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }] },
    ],
    'an operation of a bulk request': () => [
      'POST',
      '/Bulk',
      { schemas: [bulk], Operations: [{ method: 'PATCH', path: `/Users/${id}`, data: rename }] },
    ],
  };
  for (const [what, request] of Object.entries(changes))
    it(`are made together or not at all: ${what}`, async () => {
      const before = await state();
      const [method, path, body] = request();
      const answer = await unrecorded(() => host.scim.send(method, path, body));
      const status = path === '/Bulk' ? answer.json.Operations?.[0]?.status : answer.json.status;
      expect(Number(status), JSON.stringify(answer.json)).to.be.at.least(500);
      expect(await state()).to.equal(before);
    });

  it('leave a record of the failure, written after the rollback, as soon as that is possible', async () => {
    const failed = (await host.records()).filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ operation }) => operation).sort()).to.deep.equal([
      ...['group.create', 'group.patch'],
      ...['user.create', 'user.delete', 'user.patch', 'user.patch', 'user.replace'],
    ]);
    expect(failed.every(({ status, reason, requestId }) => status >= 500 && reason && requestId)).to.equal(true);
  });

  it('are both there once it can be recorded again', async () => {
    const known = (await host.records()).length;
    const answer = await host.scim.send('PATCH', `/Users/${id}`, rename);
    expect(answer.status).to.equal(200);
    expect(answer.json.name?.givenName).to.equal('Else');
    const [newest, ...others] = await host.records();
    expect(newest).to.include({ operation: 'user.patch', outcome: 'done' });
    expect(others).to.have.length(known);
    expect(newest?.requestId).to.equal(answer.headers.get('x-request-id'));
  });
});
