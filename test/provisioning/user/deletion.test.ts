import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';

const title = { op: 'add', path: 'title', value: 'x' };

onBothEngines('A user that is deleted', (engine) => {
  let host: ScimHost;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());

  it('is gone for every question, and its customer is locked out', async () => {
    const user = {
      userName: 'gone@example.com',
      externalId: 'gone',
      emails: [{ value: 'gone@work.example', type: 'work' }],
    };
    const id = await host.scim.create(user);
    const answer = await host.scim.delete(id);
    expect([answer.status, answer.text]).to.deep.equal([204, '']);
    const answers = [
      await host.scim.get(`/Users/${id}`),
      await host.scim.patch(id, title),
      await host.scim.put(id, user),
      await host.scim.delete(id),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404]);
    for (const filter of [
      `id eq "${id}"`,
      'userName eq "gone@example.com"',
      'externalId eq "gone"',
      'emails eq "gone@work.example"',
      'emails.value sw "gone"',
      'active eq false',
    ])
      expect((await host.scim.find(filter)).json.totalResults, filter).to.equal(0);
    expect((await host.scim.get('/Users')).text).to.not.include('gone');
    expect(await host.customer(id)).to.include({ is_active: 0, lock_expires: '2038-01-01 00:00:00' });
    const records = (await host.records()).filter(({ customerId }) => customerId === Number(id));
    expect(records.find(({ status }) => status === 204)).to.include({ operation: 'user.delete', outcome: 'done' });
  });

  it('gives its userName, its externalId and its e-mail address free', async () => {
    const id = await host.scim.create({ userName: 'free@example.com', externalId: 'free' });
    await host.scim.delete(id);
    const other = await host.scim.create({ userName: 'other@example.com' });
    for (const [path, value] of [
      ['userName', 'free@example.com'],
      ['externalId', 'free'],
    ] as const)
      expect((await host.scim.patch(other, { op: 'replace', path, value })).status, path).to.equal(200);
    expect((await host.scim.get(`/Users/${other}`)).json).to.include({
      userName: 'free@example.com',
      externalId: 'free',
    });
    expect(await host.customer(other)).to.include({ email: 'free@example.com' });
    expect((await host.customer(id)).email).to.match(/^moved-\d+-[0-9a-f]+@placeholder\.invalid$/);
    expect((await host.scim.get(`/Users/${id}`)).status).to.equal(404);
  });

  it('comes back with the same externalId: the same customer under a new id, each time another', async () => {
    const user = { userName: 'back@example.com', externalId: 'back', title: 'First' };
    const first = await host.scim.create(user);
    await host.scim.delete(first);
    const again = await host.scim.post({ userName: 'back2@example.com', externalId: 'back' });
    expect([again.status, again.json.id, again.json.active]).to.deep.equal([201, `${first}-1`, true]);
    expect(again.json).to.not.have.property('title');
    expect(again.headers.get('location')).to.match(new RegExp(`/Users/${first}-1$`));
    expect(await host.customer(first)).to.include({ email: 'back2@example.com', is_active: 1, lock_expires: null });
    expect((await host.scim.get(`/Users/${first}-1`)).json).to.deep.equal(again.json);
    expect((await host.scim.find(`id eq "${first}-1"`)).json.totalResults).to.equal(1);
    expect((await host.scim.patch(`${first}-1`, title)).json.title).to.equal('x');
    await host.scim.delete(`${first}-1`);
    const third = await host.scim.post({ userName: 'back@example.com', externalId: 'back', active: false });
    expect([third.status, third.json.id, third.json.active]).to.deep.equal([201, `${first}-2`, false]);
    expect((await host.scim.delete(`${first}-2`)).status).to.equal(204);
    await host.scim.post({ ...user, active: true });
    for (const dead of [first, `${first}-1`, `${first}-2`, `${first}-0`, `0${first}`, `${first}-03`]) {
      expect((await host.scim.get(`/Users/${dead}`)).status, dead).to.equal(404);
      expect((await host.scim.patch(dead, title)).status, dead).to.equal(404);
      expect((await host.scim.put(dead, user)).status, dead).to.equal(404);
      expect((await host.scim.delete(dead)).status, dead).to.equal(404);
      expect((await host.scim.find(`id eq "${dead}"`)).json.totalResults, dead).to.equal(0);
    }
    expect((await host.scim.get(`/Users/${first}-3`)).json.title).to.equal('First');
    expect(await host.eav(first)).to.deep.equal({ job_title: 'First' });
  });

  it('puts a lock back that was there before its deletion when it comes back', async () => {
    const id = await host.scim.create({ userName: 'locked@example.com', externalId: 'locked' });
    await host.database.run(sql`UPDATE {customer_entity} SET lock_expires = '2031-02-03 00:00:00'
      WHERE entity_id = ${Number(id)}`);
    await host.scim.delete(id);
    await host.scim.post({ userName: 'locked@example.com', externalId: 'locked' });
    expect(await host.customer(id)).to.include({ is_active: 1, lock_expires: '2031-02-03 00:00:00' });
  });

  it('leaves its address to another person, who gets another customer', async () => {
    const id = await host.scim.create({ userName: 'info@example.com', externalId: 'person-1' });
    await host.scim.delete(id);
    const other = await host.scim.create({ userName: 'INFO@example.com', externalId: 'person-2' });
    expect(other).to.not.equal(id);
    expect(await host.customer(other)).to.include({ email: 'INFO@example.com' });
    expect((await host.customer(id)).email).to.match(/^moved-/);
    const note = (await host.records()).find(({ customerId }) => customerId === Number(other))?.notes?.join(' ');
    expect(note).to.include('placeholder');
    const back = await host.scim.post({ userName: 'info@example.com', externalId: 'person-1' });
    expect([back.status, back.json.scimType]).to.deep.equal([409, 'uniqueness']);
    const moved = await host.scim.post({ userName: 'first@example.com', externalId: 'person-1' });
    expect([moved.status, moved.json.id]).to.deep.equal([201, `${id}-1`]);
    expect(await host.customer(id)).to.include({ email: 'first@example.com' });
  });

  it('without an externalId never comes back: the next of that name is a new one', async () => {
    const id = await host.scim.create({ userName: 'nobody' });
    await host.scim.delete(id);
    expect(await host.scim.create({ userName: 'nobody' })).to.not.equal(id);
    expect((await host.scim.get(`/Users/${id}`)).status).to.equal(404);
  });

  it('twenty times at once is deleted once, and comes back once of twenty POSTs', async () => {
    const user = { userName: 'many@example.com', externalId: 'many' };
    const id = await host.scim.create(user);
    await host.warm();
    const gone = await Promise.all(Array.from({ length: 20 }, () => host.scim.delete(id)));
    expect(gone.map(({ status }) => status).sort()).to.deep.equal([204, ...Array.from({ length: 19 }, () => 404)]);
    const back = await Promise.all(Array.from({ length: 20 }, () => host.scim.post(user)));
    expect(back.map(({ status }) => status).sort()).to.deep.equal([201, ...Array.from({ length: 19 }, () => 409)]);
    expect((await host.scim.get(`/Users/${id}-1`)).status).to.equal(200);
  });
});
