import { expect } from 'chai';
import { rowsRead, sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { withFrozenClocks } from '../../setup/frozen-clocks.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('What a look-up reads', (engine) => {
  if (engine.name === 'sqlite') return;
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine, { poolMax: 1 });
    for (let i = 0; i < 5; i++) await make(i);
  });
  withFrozenClocks();
  after(() => host.close());

  const make = (i: number) =>
    host.scim.create({
      userName: `reader${i}@example.com`,
      externalId: `reader-${i}`,
      title: 'x',
      emails: [{ value: `reader${i}@example.com`, type: 'work', primary: true }],
    });

  const questions = (id: string): readonly (() => Promise<unknown>)[] => [
    () => host.scim.get(`/Users/${id}`),
    () => host.scim.find('userName eq "reader3@example.com"'),
    () => host.scim.find('userName eq "nobody@example.com"'),
    () => host.scim.find('externalId eq "reader-3"'),
    () => host.scim.find('emails.value eq "reader3@example.com"'),
    () => host.scim.find('emails[type eq "work" and value eq "reader3@example.com"]'),
  ];

  it('does not grow with the number of users', async function () {
    this.timeout(60_000);
    const id = await host.scim.create({ userName: 'one' });
    const cost = async () => {
      await host.database.run(
        sql`ANALYZE TABLE {vestibule_user}, {vestibule_user_email}, {vestibule_user_document}, {customer_entity}`,
      );
      const costs: number[] = [];
      for (const ask of questions(id)) {
        await ask();
        await host.records();
        costs.push((await rowsRead(host.database, ask)) ?? 0);
      }
      return costs;
    };
    const few = await cost();
    for (let i = 100; i < 400; i++) await make(i);
    const many = await cost();
    for (const [i, rows] of many.entries())
      expect(rows, `question ${i}: ${few} → ${many}`).to.be.at.most((few[i] ?? 0) + 3);
  });
});
