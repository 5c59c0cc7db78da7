import { expect } from 'chai';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

onBothEngines('What the store has changed', (engine) => {
  let host: ScimHost;
  let id: string;
  let users = 0;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    users++;
    id = await host.scim.create({
      userName: `settle${users}`,
      displayName: `Settle ${users}`,
      emails: [{ value: `old${users}@example.com`, type: 'work', primary: true }],
      title: 'Clerk',
    });
  });

  const found = async (filter: string, more = ''): Promise<string[]> => {
    const { status, json, text } = await host.scim.find(filter, more);
    expect(status, text).to.equal(200);
    const ids = ((json.Resources ?? []) as unknown as { id: string }[]).map((user) => user.id);
    expect(json.totalResults).to.equal(ids.length);
    return ids;
  };
  const setEmail = (email: string) =>
    host.database.run(sql`UPDATE {customer_entity} SET email = ${email} WHERE entity_id = ${Number(id)}`);
  const setTitle = (title: string) =>
    host.database.run(sql`UPDATE {customer_entity_varchar} SET value = ${title} WHERE entity_id = ${Number(id)}
      AND attribute_id = (SELECT attribute_id FROM {eav_attribute} WHERE attribute_code = 'job_title')`);

  it('of an e-mail is found by the new one and no longer by the old one, and back again', async () => {
    const [older, newer] = [`emails.value eq "old${users}@example.com"`, `emails.value eq "NEW${users}@example.com"`];
    for (let round = 0; round < 2; round++) {
      await setEmail(`New${users}@Example.com`);
      expect(await found(older)).to.deep.equal([]);
      expect(await found(newer)).to.deep.equal([id]);
      expect(await found(`emails[type eq "work" and value eq "new${users}@example.com"]`)).to.deep.equal([id]);
      await setEmail(`old${users}@example.com`);
      expect(await found(newer)).to.deep.equal([]);
      expect(await found(older)).to.deep.equal([id]);
    }
  });

  it('of another attribute is found and sorted by at once', async () => {
    await setTitle('Zeremonienmeisterin Ä');
    expect(await found('title co "MEISTERIN ä"')).to.deep.equal([id]);
    expect(await found(`title eq "clerk" and userName eq "settle${users}"`)).to.deep.equal([]);
    const last = (await host.scim.get('/Users?sortBy=title&count=1000')).json.Resources as unknown as { id: string }[];
    expect(last.at(-1)?.id).to.equal(id);
    await setTitle('Aa');
    const first = (await host.scim.get('/Users?sortBy=title&count=1')).json.Resources as unknown as { id: string }[];
    expect(first[0]?.id).to.equal(id);
  });

  it('moves meta.lastModified, by which it is found and sorted', async () => {
    const later = '2031-01-02T03:04:05Z';
    const since = `meta.lastModified ge "${later}"`;
    expect(await found(since)).to.deep.equal([]);
    await host.database.run(
      sql`UPDATE {customer_entity} SET firstname = 'Other', updated_at = '2031-01-02 03:04:05' WHERE entity_id = ${Number(id)}`,
    );
    expect(await found(since)).to.deep.equal([id]);
    expect(await found(`${since} and userName sw "settle"`)).to.deep.equal([id]);
    expect(await found(`meta.lastModified eq "${later}"`, '&sortBy=meta.lastModified')).to.deep.equal([id]);
    const { json } = await host.scim.get('/Users?sortBy=meta.lastModified&sortOrder=descending&count=1');
    expect(json.Resources?.[0]?.id).to.equal(id);
    await host.scim.delete(id);
  });

  it('is still found once the provider has changed something else', async () => {
    await setTitle('Duchess');
    expect(await found('title eq "duchess"')).to.deep.equal([id]);
    await host.scim.patch(id, { op: 'replace', path: 'nickName', value: 'Ä' });
    expect(await found('title eq "DUCHESS" and nickName eq "ä"')).to.deep.equal([id]);
    await host.scim.patch(id, { op: 'replace', path: 'title', value: 'Lady' });
    expect(await found('title eq "duchess"')).to.deep.equal([]);
    expect(await found('title eq "lady"')).to.deep.equal([id]);
  });

  it('is looked for without changing what a read answers', async () => {
    await setTitle('Baroness');
    const before = await host.scim.get(`/Users/${id}`);
    expect(await found('title eq "baroness"')).to.deep.equal([id]);
    expect((await host.scim.get(`/Users/${id}`)).json).to.deep.equal(before.json);
  });

  it('is written once: a search that finds everything up to date only reads', async () => {
    await setTitle('Empress');
    const counted = countStatements(host.database);
    const writes = async () => {
      await host.records();
      counted.reset();
      expect(await found('title eq "empress"')).to.deep.equal([id]);
      return counted.statements.filter((text) => !/^\s*SELECT/.test(text)).length;
    };
    expect(await writes()).to.be.above(0);
    expect(await writes()).to.equal(0);
    counted.stop();
  });
});

onBothEngines('A long name', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());

  it('is found whole, and not by what it only begins with', async () => {
    const long = 'é'.repeat(400);
    const ids = [];
    for (const [i, end] of ['a', 'b', 'B'].entries())
      ids.push(await host.scim.create({ userName: `long${i}`, displayName: long + end }));
    const find = async (value: string) =>
      ((await host.scim.find(`displayName eq "${value}"`)).json.Resources as unknown as { id: string }[]).map(
        (u) => u.id,
      );
    expect(await find(`${long}A`)).to.deep.equal([ids[0]]);
    expect(await find(`${long}b`)).to.deep.equal([ids[1], ids[2]]);
    expect(await find(long)).to.deep.equal([]);
  });

  it('is sorted by, page by page', async () => {
    const ids: string[] = [];
    for (const [i, text] of ['😀'.repeat(700), `${'é'.repeat(5000)}b`, `${'é'.repeat(5000)}a`, 'é'].entries())
      ids.push(await host.scim.create({ userName: `sorted${i}`, nickName: text }));
    const walked: string[] = [];
    const filter = encodeURIComponent('nickName pr');
    for (let cursor = ''; ; ) {
      const { json, text } = await host.scim.get(`/Users?filter=${filter}&sortBy=nickName&count=1&cursor=${cursor}`);
      walked.push(String(json.Resources?.[0]?.id));
      if (json.nextCursor === undefined) break;
      expect(walked.length, text).to.be.below(5);
      cursor = String(json.nextCursor);
    }
    // Beyond the first 600 characters values count as the same, and ids decide.
    expect(walked).to.deep.equal([ids[3], ids[1], ids[2], ids[0]]);
  });

  it('that can’t be kept whole is 400 invalidValue, whichever name it is', async () => {
    // One character, as long as eighteen once it is folded.
    const ligature = '\ufdfa';
    for (const user of [
      { userName: 'x', displayName: 'x'.repeat(1021) },
      { userName: ligature.repeat(100) },
      {
        userName: 'y',
        emails: [{ value: `${ligature.repeat(60)}@example.com` }, { value: 'y@example.com', primary: true }],
      },
    ]) {
      const { status, json } = await host.scim.post(user);
      expect([status, json.scimType]).to.deep.equal([400, 'invalidValue']);
    }
    expect((await host.scim.post({ userName: 'z', displayName: 'x'.repeat(1020) })).status).to.equal(201);
  });
});
