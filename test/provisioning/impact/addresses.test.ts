import { expect } from 'chai';
import fc from 'fast-check';
import { type MappingRow, MappingVersions, presetFor } from '../../../modules/attribute-mapping/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedClient, type MappedHost, openMappedHost } from '../mapped/mapped-host.ts';
import { readOnly } from '../preview/read-only.ts';
import { applied, connectionOf, impactOf } from './impacted-host.ts';

/** The e-mail address comes from the title; who has none gets a placeholder. */
const byTitle: readonly MappingRow[] = [
  { id: 'mail', type: 'direct', source: 'title', target: 'email' },
  ...presetFor('generic').rows.filter(({ target }) => ['firstname', 'lastname', 'is_active'].includes(target)),
];

onBothEngines('Where a mapping gives customers other e-mail addresses, its impact', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());

  /** Users whose next address is their title, in order of their ids. */
  async function people(titles: (own: (at: number) => string) => readonly string[]): Promise<MappedClient> {
    const scim = await host.mapped([]);
    const own = (at: number): string => `${scim.code}-${at + 1}@example.com`;
    for (const title of titles(own)) await scim.create(scim.user({ title }));
    const connection = await connectionOf(host, scim);
    const document = { version: 1, rows: byTitle };
    await host.database.transaction((tx) =>
      host.host.resolve(MappingVersions).publish(tx, connection, document, { author: 'a test' }, host.now()),
    );
    host.advance(5);
    return scim;
  }
  const outcomes = async (scim: MappedClient): Promise<string[]> => {
    const { result, refused } = await readOnly(host, () => impactOf(host, scim));
    expect(refused).to.deep.equal([]);
    return result.customers.map(({ outcome }) => outcome);
  };
  const done = async (scim: MappedClient): Promise<string[]> =>
    (await applied(host, scim)).flatMap((event) => (event.kind === 'customer' ? [event.outcome] : []));

  it('finds those who would come to the same one, names who is first, and says what to do', async () => {
    const scim = await people((own) => ['shared@example.com', own(1), 'Shared@Example.com']);
    const { customers, summary } = await impactOf(host, scim);
    const [first, second] = customers;
    expect(summary).to.include({ total: 3, changes: 1, same: 1, fails: 1 });
    expect(first).to.include({ outcome: 'changes' });
    expect(second).to.include({ outcome: 'fails' });
    expect(second?.message).to.match(
      new RegExp(`^"emails" must be unique\\. Customer ${first?.customerId} .*"Shared@Example\\.com" as well`),
    );
    expect(second?.cure).to.match(/an address of its own.*mapping:apply/);
    const [changed, failed] = (await applied(host, scim)).filter(({ kind }) => kind === 'customer');
    expect(changed).to.include({ outcome: 'changed', customerId: first?.customerId });
    expect(failed).to.include({ outcome: 'failed', customerId: second?.customerId, cure: second?.cure });
  });

  it('lets customers have what others before them would have left, and not what others after them still have', async () => {
    const forward = await people((own) => ['gone@example.com', own(0), own(1)]);
    expect(await outcomes(forward)).to.deep.equal(['changes', 'changes', 'changes']);
    expect(await done(forward)).to.deep.equal(['changed', 'changed', 'changed']);
    const backward = await people((own) => [own(1), own(2), 'left@example.com']);
    expect(await outcomes(backward)).to.deep.equal(['fails', 'fails', 'changes']);
    expect(await done(backward)).to.deep.equal(['failed', 'failed', 'changed']);
    // Once more, and the one before the last gets what was left.
    expect(await outcomes(backward)).to.deep.equal(['fails', 'changes']);
    expect(await done(backward)).to.deep.equal(['failed', 'changed']);
    const swapped = await people((own) => [own(1), own(0)]);
    expect(await outcomes(swapped)).to.deep.equal(['fails', 'fails']);
    expect(await done(swapped)).to.deep.equal(['failed', 'failed']);
  });

  it("compares addresses as the store's own column does", async () => {
    const scim = await people(() => ['josé@example.com', 'jose@example.com', 'JOSÉ@example.com']);
    const foreseen = await outcomes(scim);
    // The store on MariaDB takes é for e, the one on SQLite tells É from é.
    expect(foreseen).to.deep.equal(
      engine.name === 'mysql' ? ['changes', 'fails', 'fails'] : ['changes', 'changes', 'changes'],
    );
    expect(await done(scim)).to.deep.equal(foreseen.map((outcome) => (outcome === 'fails' ? 'failed' : 'changed')));
  });

  it('says of everybody what applying it then does, whoever comes to whose address', async () => {
    let runs = 0;
    const wish = fc.oneof(
      { weight: 4, arbitrary: fc.nat({ max: 5 }) },
      { weight: 2, arbitrary: fc.constantFrom('one', 'ONE', 'two', 'zwö', 'zwo') },
      { weight: 1, arbitrary: fc.constant(undefined) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 6, maxLength: 6 }), async (wishes) => {
        const run = ++runs;
        const scim = await people((own) =>
          wishes.map((one) => (typeof one === 'number' ? own(one) : one ? `${one}.${run}@example.com` : '')),
        );
        const { customers } = await impactOf(host, scim);
        const events = await applied(host, scim);
        expect(
          events.flatMap((event) =>
            event.kind === 'customer' ? [[event.customerId, event.outcome, event.changes]] : [],
          ),
        ).to.deep.equal(
          customers.map(({ customerId, outcome, changes }) => [
            customerId,
            outcome === 'fails' ? 'failed' : 'changed',
            changes,
          ]),
        );
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
