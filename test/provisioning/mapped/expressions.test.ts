import { expect } from 'chai';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type MappedHost, openMappedHost } from './mapped-host.ts';

const expression = (text: string): MappingRow[] => [
  { id: 'computed', type: 'expression', expression: text, target: 'job_title' },
];

onBothEngines('An expression of a mapping', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine);
  });
  after(() => host.close());

  const jobTitle = async (id: string) => (await host.eav(id.split('-')[0] ?? '')).job_title;
  const greeting = expression('$uppercase(name.familyName) & ", " & name.givenName');

  it('is evaluated for a user that is created, replaced, and patched', async () => {
    const scim = await host.mapped(greeting);
    const user = scim.user();
    const id = await scim.create(user);
    expect(await jobTitle(id)).to.equal('LOVELACE, Ada');
    await scim.put(id, { ...user, name: { givenName: 'Augusta', familyName: 'King' } });
    expect(await jobTitle(id)).to.equal('KING, Augusta');
    const patched = await scim.patch(id, { op: 'replace', path: 'name.givenName', value: 'Ada' });
    expect(patched.status).to.equal(200);
    expect(await jobTitle(id)).to.equal('KING, Ada');
  });

  it('is evaluated for whoever comes back', async () => {
    const scim = await host.mapped(greeting);
    const user = scim.user();
    const id = await scim.create(user);
    await scim.patch(id, { op: 'replace', path: 'active', value: false });
    const again = await scim.post({ ...user, name: { givenName: 'Augusta', familyName: 'King' } });
    expect([again.status, again.json.id]).to.deep.equal([201, id]);
    expect(await jobTitle(id)).to.equal('KING, Augusta');
    await scim.delete(id);
    const revived = await scim.post({ ...user, name: { givenName: 'Ada', familyName: 'King' } });
    expect(await jobTitle(String(revived.json.id))).to.equal('KING, Ada');
  });

  it('is evaluated for a shopper that is taken over', async () => {
    const scim = await host.mapped(greeting);
    const user = scim.user();
    const [{ value }] = user.emails as [{ value: string }];
    const shopper = String(await host.shopper(value));
    const answer = await scim.patch(shopper, {
      op: 'replace',
      path: 'name',
      value: { familyName: 'King', givenName: 'Ada' },
    });
    expect(answer.status).to.equal(200);
    expect(await jobTitle(shopper)).to.equal('KING, Ada');
  });

  it('says nothing twice where a transaction was run again for it', async () => {
    const scim = await host.mapped(greeting);
    const id = await scim.create(scim.user());
    await scim.patch(
      id,
      { op: 'Replace', path: 'active', value: 'True' },
      { op: 'replace', path: 'name.givenName', value: 'Eve' },
    );
    const notes = (await host.records())[0]?.notes ?? [];
    expect(new Set(notes).size).to.equal(notes.length);
  });

  it('that fails is 400, names its row, and changes nothing', async () => {
    const scim = await host.mapped(expression('title = "no" ? $error("no title for you") : title'));
    const user = scim.user({ title: 'Baker' });
    const id = await scim.create(user);
    for (const answer of [
      await scim.post(scim.user({ title: 'no' })),
      await scim.put(id, { ...user, title: 'no' }),
      await scim.patch(id, { op: 'replace', path: 'title', value: 'no' }),
    ]) {
      expect([answer.status, answer.json.scimType]).to.deep.equal([400, 'invalidValue']);
      expect(answer.json.detail).to.contain('mapping row "computed"').and.contain('no title for you');
    }
    expect(await jobTitle(id)).to.equal('Baker');
    expect((await scim.get(`/Users/${id}`)).json.title).to.equal('Baker');
  });

  it('is evaluated anew where the user has changed in between', async () => {
    const scim = await host.mapped(greeting);
    const id = await scim.create(scim.user());
    const names = ['Eve', 'Zoe', 'Amy', 'Kim'];
    const answers = await Promise.all(
      names.map((value) => scim.patch(id, { op: 'replace', path: 'name.givenName', value })),
    );
    expect(answers.every(({ status }) => status === 200 || status === 503)).to.equal(true);
    const { name } = (await scim.get(`/Users/${id}`)).json;
    expect(await jobTitle(id)).to.equal(`LOVELACE, ${name?.givenName}`);
  });
});
