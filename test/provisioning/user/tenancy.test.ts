import { expect } from 'chai';
import { onBothEngines } from '../../setup/databases.ts';
import { type ScimClient, scimClient } from '../client.ts';
import { openHost, type ScimHost } from '../host.ts';

const title = { op: 'add', path: 'title', value: 'stolen' };

onBothEngines('Two connections', (engine) => {
  let host: ScimHost;
  let foreign: ScimClient & { token: string };
  let neighbour: ScimClient;
  let theirs: string;
  const user = {
    userName: 'same@example.com',
    externalId: 'same',
    emails: [{ value: 'same@example.com', type: 'work' }],
  };

  before(async () => {
    host = await openHost(engine, { secondWebsite: true });
    foreign = await host.connect('elsewhere', { websiteId: 2 });
    neighbour = await host.connect('next-door');
    await host.scim.create(user);
    theirs = await foreign.create(user);
  });
  after(() => host.close());

  it('on two websites both have the same user, each its own customer', async () => {
    expect(await host.customer(theirs)).to.include({ website_id: 2, store_id: 2, email: 'same@example.com' });
    const mine = (await host.scim.find('userName eq "same@example.com"')).json.Resources?.[0]?.id;
    expect(mine).to.not.equal(theirs);
    expect((await host.scim.get('/Users')).json.totalResults).to.equal(1);
    expect((await foreign.get('/Users')).json.totalResults).to.equal(1);
  });

  for (const [who, client] of [
    ['on another website', () => host.scim],
    ['on the same website', () => neighbour],
  ] as const)
    it(`never see each other’s users: to one ${who} they are as good as missing`, async () => {
      const id =
        who === 'on another website'
          ? theirs
          : String((await host.scim.find('externalId eq "same"')).json.Resources?.[0]?.id);
      const same = (text: string, of: string) =>
        text.replaceAll(`\\"${of}\\"`, 'ID').replace(/ \(Request [0-9a-f-]{36}\)/, '');
      const missing = '9'.repeat(id.length + 3);
      const ask = (of: string) => [
        client().get(`/Users/${of}`),
        client().put(of, user),
        client().patch(of, title),
        client().delete(of),
        client().find(`id eq "${of}"`),
      ];
      const there = await Promise.all(ask(id));
      const nowhere = await Promise.all(ask(missing));
      expect(there.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404, 200]);
      for (const [i, answer] of there.entries()) {
        const other = nowhere[i];
        expect(answer.status).to.equal(other?.status);
        expect(same(answer.text, id)).to.equal(same(other?.text ?? '', missing));
        expect([...answer.headers.keys()].sort()).to.deep.equal([...(other?.headers.keys() ?? [])].sort());
      }
      for (const filter of [`id eq "${id}" or id pr`, 'externalId eq "same"', 'emails eq "same@example.com"']) {
        const { json } = await client().find(filter);
        for (const found of (json.Resources ?? []) as unknown as { id: string }[]) expect(found.id).to.not.equal(id);
      }
    });

  it('change nothing of each other', async () => {
    expect((await foreign.get(`/Users/${theirs}`)).json).to.include({ userName: 'same@example.com', active: true });
    expect((await foreign.get(`/Users/${theirs}`)).json).to.not.have.property('title');
  });

  it('on one website can’t have the same e-mail address, but the same externalId and userName', async () => {
    expect((await neighbour.post(user)).json.scimType).to.equal('uniqueness');
    const other = { ...user, emails: [{ value: 'neighbour@example.com', type: 'work' }] };
    expect((await neighbour.post(other)).status).to.equal(201);
  });

  it('do not see shoppers of the other website, nor take them over', async () => {
    const shopper = await host.shopper('abroad@example.com', {}, 2);
    expect((await host.scim.get(`/Users/${shopper}`)).status).to.equal(404);
    expect((await host.scim.find('userName eq "abroad@example.com"')).json.totalResults).to.equal(0);
    expect((await host.scim.put(shopper, { userName: 'abroad@example.com' })).status).to.equal(404);
    expect((await foreign.find('userName eq "abroad@example.com"')).json.totalResults).to.equal(1);
    expect((await host.scim.post({ userName: 'abroad@example.com' })).status).to.equal(201);
  });

  it('have pinned URLs that take their own token only', async () => {
    const pinned = (code: string, token: string) =>
      scimClient(`${host.url}/scim/v2/connections/${code}`, token).get('/Users?count=1');
    expect((await pinned('elsewhere', foreign.token)).status).to.equal(200);
    for (const code of ['default', 'nobody']) {
      const { status, headers, json } = await pinned(code, foreign.token);
      expect([status, json.status]).to.deep.equal([401, '401']);
      expect(headers.get('www-authenticate')).to.match(/^Bearer/);
    }
  });
});
