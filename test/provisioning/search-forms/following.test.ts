import { expect } from 'chai';
import { type MappingRow, MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { SearchForms } from '../../../modules/provisioning/search-forms/search-forms.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedClient, type MappedHost, openMappedHost } from '../mapped/mapped-host.ts';

const names: readonly MappingRow[] = [
  { id: 'first-name', type: 'direct', source: 'name.givenName', target: 'firstname' },
  { id: 'last-name', type: 'direct', source: 'name.familyName', target: 'lastname' },
];
const email = (direction: 'in' | 'both'): MappingRow => ({
  id: 'email',
  type: 'direct',
  source: 'emails[main].value',
  target: 'email',
  direction,
});
const title = (direction: 'in' | 'both'): MappingRow => ({
  id: 'title',
  type: 'direct',
  source: 'title',
  target: 'job_title',
  direction,
});
const display: MappingRow = { id: 'display', type: 'direct', source: 'displayName', target: 'customer.job_title' };

onBothEngines('Filters and sorts, once another mapping is in effect,', (engine) => {
  let host: MappedHost;
  let scim: MappedClient;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    scim = await host.mapped([]);
  });

  const connection = () => host.host.resolve(Connections).byCode(host.database, scim.code);
  const forms = () => host.host.resolve(SearchForms);
  async function publish(...rows: readonly MappingRow[]): Promise<void> {
    const acme = await connection();
    await host.database.transaction((tx) =>
      host.host
        .resolve(MappingVersions)
        .publish(tx, acme, { version: 1, rows: [...names, ...rows] }, { author: 'a test' }, host.now()),
    );
  }
  async function found(filter: string, more = ''): Promise<string[]> {
    const { status, json, text } = await scim.find(filter, more);
    expect(status, text).to.equal(200);
    return ((json.Resources ?? []) as unknown as { id: string }[]).map(({ id }) => id);
  }
  const setTitle = (id: string, value: string) =>
    host.database.run(sql`UPDATE {customer_entity_varchar} SET value = ${value} WHERE entity_id = ${Number(id)}
      AND attribute_id = (SELECT attribute_id FROM {eav_attribute} WHERE attribute_code = 'job_title')`);
  const setEmail = (id: string, value: string) =>
    host.database.run(sql`UPDATE {customer_entity} SET email = ${value} WHERE entity_id = ${Number(id)}`);
  const stored = (id: string) =>
    host.row<{ search: string | null; settled: string | null; value_key: Buffer }>(
      sql`SELECT d.search, d.settled, e.value_key FROM {vestibule_user_document} d JOIN {vestibule_user_email} e ON e.customer_id = d.customer_id WHERE d.customer_id = ${Number(id)}`,
    );

  it('find what a read answers at once, though it was settled by the mapping before', async () => {
    await publish(email('both'), title('both'));
    const id = await scim.create(scim.user({ title: 'Clerk' }));
    await setTitle(id, 'Duchess');
    expect(await found('title eq "duchess"')).to.deep.equal([id]);
    await publish(email('both'), title('in'));
    expect((await scim.get(`/Users/${id}`)).json.title).to.equal('Clerk');
    expect(await found('title eq "duchess"')).to.deep.equal([]);
    expect(await found('title eq "clerk"')).to.deep.equal([id]);
    // And back again, as a rollback does.
    await publish(email('both'), title('both'));
    expect((await scim.get(`/Users/${id}`)).json.title).to.equal('Duchess');
    expect(await found('title eq "clerk"')).to.deep.equal([]);
    expect(await found('title eq "duchess"')).to.deep.equal([id]);
  });

  it('are brought to it user by user: no index and no copy is left that says what the mapping before said', async () => {
    await publish(email('both'), title('both'));
    const user = scim.user({ title: 'Clerk' });
    const [id, other] = [await scim.create(user), await scim.create(scim.user({ title: 'Clerk' }))];
    const sent = (user.emails as { value: string }[])[0]?.value ?? '';
    await setEmail(id, `moved-${sent}`);
    expect(await found(`emails.value eq "moved-${sent}"`)).to.deep.equal([id]);
    expect((await stored(id)).settled).to.not.equal(null);
    const untouched = await stored(other);
    await publish(email('in'), title('both'));
    expect(await forms().progress(host.database, await connection())).to.deep.include({ finished: false, total: 2 });
    await forms().drain();
    expect(await forms().progress(host.database, await connection())).to.deep.include({
      finished: true,
      done: 2,
      total: 2,
      differed: 1,
    });
    expect(await stored(id)).to.deep.include({ search: null, settled: null });
    expect(String((await stored(id)).value_key)).to.equal(sent);
    expect(await found(`emails.value eq "${sent}"`)).to.deep.equal([id]);
    expect(await stored(other)).to.deep.equal(untouched);
  });

  it('follow an attribute that is declared as a time, and one that is so no longer', async () => {
    const acme = await connection();
    const declared = (type: 'string' | 'dateTime') =>
      host.database.transaction((tx) =>
        host.host
          .resolve(MappingVersions)
          .publish(
            tx,
            acme,
            { version: 1, rows: [...names, email('both')], sources: [{ name: 'joined', type }] },
            { author: 'a test' },
            host.now(),
          ),
      );
    await declared('string');
    const id = await scim.create(scim.user({ joined: '2024-05-06T14:00:00+02:00' }));
    expect(await found('joined sw "2024-05-06T14"')).to.deep.equal([id]);
    await declared('dateTime');
    expect(await found('joined eq "2024-05-06T12:00:00Z"')).to.deep.equal([id]);
    await declared('string');
    await forms().drain();
    expect(await found('joined sw "2024-05-06T14"')).to.deep.equal([id]);
  });

  it('see a display name that the store may change: found and sorted by the one that it has', async () => {
    await publish(email('both'), display);
    const ids = [];
    for (const displayName of ['Beth', 'Carl']) ids.push(await scim.create(scim.user({ displayName })));
    const [first, second] = ids as [string, string];
    await setTitle(second, 'Anna');
    expect(await found('displayName eq "carl"')).to.deep.equal([]);
    expect(await found('displayName eq "ANNA"')).to.deep.equal([second]);
    const { json } = await scim.get('/Users?sortBy=displayName');
    expect((json.Resources as unknown as { id: string }[]).map(({ id }) => id)).to.deep.equal([second, first]);
    await publish(email('both'));
    await forms().drain();
    expect(await found('displayName eq "carl"')).to.deep.equal([second]);
  });

  it('are looked at once: a second look finds nothing to do, and writes nothing', async () => {
    await publish(email('both'));
    await scim.create(scim.user({ title: 'Ümlaut' }));
    await forms().drain();
    const before = await host.rows(sql`SELECT * FROM {vestibule_search_forms}`);
    host.advance(60);
    await forms().drain();
    expect(await host.rows(sql`SELECT * FROM {vestibule_search_forms}`)).to.deep.equal(before);
  });
});
