import { expect } from 'chai';
import { type CountedStatements, countStatements, sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { withFrozenClocks } from '../../setup/frozen-clocks.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from '../policy/connected.ts';
import { type Door, doorOf } from './door.ts';

onBothEngines('A repeated sign-in', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let door: Door;
  let counted: CountedStatements;
  before(async () => {
    host = await openHost(engine);
    shop = await connected(host);
    door = doorOf(host, shop);
    counted = countStatements(host.database);
  });
  withFrozenClocks();
  after(() => host.close());

  /** Statements of a sign-in but for that which asks for the connection, which a server keeps. */
  async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
    await host.records();
    counted.reset();
    await work();
    return counted.statements.filter((text) => !text.includes('FROM vestibule_connection '));
  }
  const isReading = (text: string): boolean => /^\s*SELECT/i.test(text);

  it('reads at most 4 times and writes its record only, with an address and groups, too', async () => {
    const name = `same.${shop.code}@example.com`;
    const said = {
      title: 'x',
      emails: [{ value: name, type: 'work', primary: true }],
      addresses: [{ type: 'work', streetAddress: '1 Main', locality: 'Austin', region: 'Texas', country: 'US' }],
    };
    const { customerId } = await door.signIn(name, said, { groups: [`A ${shop.code}`, `B ${shop.code}`] });
    const tables = ['customer_entity', 'vestibule_user', 'vestibule_user_document', 'customer_address_entity'];
    const rows = async () => [
      await host.customer(customerId),
      ...(await Promise.all(
        ['vestibule_user', 'vestibule_user_document', 'vestibule_group_member', 'vestibule_sign_in_membership'].map(
          (table) => host.database.all({ sql: `SELECT * FROM {${table}} WHERE customer_id = ?`, values: [customerId] }),
        ),
      )),
      await host.rows(sql`SELECT * FROM {customer_address_entity} WHERE parent_id = ${customerId}`),
    ];
    await door.signIn(name, said, { groups: [`A ${shop.code}`, `B ${shop.code}`] });
    host.advance(3600);
    // What a server reads again after a while, such as the store's websites, is read by this one.
    await door.signIn(name, said);
    const before = await rows();
    const statements = await statementsOf(() =>
      door.signIn(name, said, { groups: [`B ${shop.code}`, `A ${shop.code}`] }),
    );
    expect(statements.filter(isReading).length).to.be.within(1, 4);
    const writing = statements.filter((text) => !isReading(text));
    expect(writing).to.have.length(1);
    expect(writing[0]).to.match(/^INSERT INTO vestibule_activity_pending/);
    for (const table of tables) expect(writing[0]).not.to.contain(` ${table} `);
    expect(await rows()).to.deep.equal(before);
  });

  it('takes few statements where it is the first one', async () => {
    const name = `first.${shop.code}@example.com`;
    const emails = [{ value: name, type: 'work', primary: true }];
    const created = await statementsOf(() => door.signIn(name, { emails }));
    expect(created.length).to.be.within(6, 10);
    const updated = await statementsOf(() => door.signIn(name, { emails, nickName: 'n' }));
    expect(updated.length).to.be.within(3, 8);
  });
});
