import { expect } from 'chai';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedHost, openMappedHost } from './mapped-host.ts';

const subscribed = 1;
const unsubscribed = 3;

onBothEngines('A newsletter subscription that a mapping gives', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());

  const row = (more: Partial<MappingRow> = {}): MappingRow =>
    ({
      id: 'news',
      type: 'lookup',
      source: 'userType',
      table: { yes: true, no: false },
      target: 'newsletter',
      ...more,
    }) as MappingRow;
  const status = async (id: string) =>
    (
      await host.rows<{ subscriber_status: number }>(
        sql`SELECT subscriber_status FROM {newsletter_subscriber} WHERE customer_id = ${Number(id)}`,
      )
    ).map(({ subscriber_status }) => subscriber_status);
  const unsubscribe = (id: string) =>
    host.database.run(
      sql`UPDATE {newsletter_subscriber} SET subscriber_status = ${unsubscribed} WHERE customer_id = ${Number(id)}`,
    );

  it('begins with the customer, or not', async () => {
    const scim = await host.mapped([row()]);
    expect(await status(await scim.create(scim.user({ userType: 'yes' })))).to.deep.equal([subscribed]);
    expect(await status(await scim.create(scim.user({ userType: 'no' })))).to.deep.equal([]);
    expect(await status(await scim.create(scim.user()))).to.deep.equal([]);
  });

  it('follows what the provider says anew, and is recorded', async () => {
    const scim = await host.mapped([row()]);
    const user = scim.user({ userType: 'no' });
    const id = await scim.create(user);
    await scim.put(id, { ...user, userType: 'yes' });
    expect(await status(id)).to.deep.equal([subscribed]);
    expect((await host.records())[0]?.changed).to.deep.equal(['newsletter']);
    await scim.put(id, { ...user, userType: 'no' });
    expect(await status(id)).to.deep.equal([unsubscribed]);
  });

  it('is never given back to whoever has unsubscribed, by saying the same again', async () => {
    const scim = await host.mapped([row()]);
    const user = scim.user({ userType: 'yes' });
    const id = await scim.create(user);
    await unsubscribe(id);
    await scim.put(id, { ...user, title: 'Baker' });
    expect(await status(id)).to.deep.equal([unsubscribed]);
  });

  it('ends where it is said no longer, unless the rule keeps it', async () => {
    for (const [onNull, expected] of [
      ['clear', unsubscribed],
      ['keep', subscribed],
    ] as const) {
      const scim = await host.mapped([row({ onNull })]);
      const user = scim.user({ userType: 'yes' });
      const id = await scim.create(user);
      const { userType: _, ...without } = user;
      await scim.put(id, without);
      expect(await status(id)).to.deep.equal([expected]);
    }
  });

  it('follows "create" and "if-empty"', async () => {
    const once = await host.mapped([row({ apply: 'create' })]);
    const user = once.user({ userType: 'yes' });
    const id = await once.create(user);
    await once.put(id, { ...user, userType: 'no' });
    expect(await status(id)).to.deep.equal([subscribed]);

    const ifEmpty = await host.mapped([row({ apply: 'if-empty' })]);
    const other = ifEmpty.user({ userType: 'no' });
    const otherId = await ifEmpty.create(other);
    await ifEmpty.put(otherId, { ...other, userType: 'yes' });
    expect(await status(otherId)).to.deep.equal([subscribed]);
    await ifEmpty.put(otherId, { ...other, userType: 'no' });
    expect(await status(otherId)).to.deep.equal([subscribed]);
  });
});
