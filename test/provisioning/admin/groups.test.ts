import { expect } from 'chai';
import { Roles } from '../../../modules/admin/role/role.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import { GroupJobs } from '../../../modules/provisioning/group/jobs.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type MappingRoom, openMappingRoom, user } from '../../attribute-mapping/admin/mapping-room.ts';
import { onBothEngines } from '../../setup/databases.ts';

const page = '/admin/connections/acme/groups';

onBothEngines('The page of group mappings', (engine) => {
  let room: MappingRoom;
  let browser: BrowserVisitor;
  let customer: string;
  before(async () => {
    room = await openMappingRoom(engine);
    browser = await room.enter();
  });
  after(() => room.close());

  const fields = (text: string): Record<string, string[]> => {
    const found: Record<string, string[]> = {};
    const add = (name = '', value = '') => {
      found[name] = [...(found[name] ?? []), value];
    };
    for (const [tag] of text.matchAll(/<input[^>]*form="group-form"[^>]*>/g))
      add(/name="([^"]+)"/.exec(tag)?.[1], /value="([^"]*)"/.exec(tag)?.[1]);
    for (const [, name, inner] of text.matchAll(/<select name="(customerGroup-\d+)"(.*?)<\/select>/gs))
      add(name, /<option value="(\d*)" selected/.exec(inner ?? '')?.[1]);
    return found;
  };
  const groupOf = async (id: string) =>
    Number(
      (
        await room.database.first<{ group_id: number }>(
          sql`SELECT group_id FROM {customer_entity} WHERE entity_id = ${Number(id.split('-')[0])}`,
        )
      )?.group_id,
    );
  const flash = async () => /<div id="messages">(.*?)<\/div><\/div>/s.exec((await browser.get(page)).text)?.[1] ?? '';
  const push = (displayName: string, ...members: string[]) =>
    room.scim.send('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName,
      members: members.map((value) => ({ value })),
    });

  it('says how groups come to be while there are none', async () => {
    const { status, text } = await browser.get(page);
    expect(status).to.equal(200);
    expect(text).to.include('No groups yet').and.include('aria-current="page">Group Mapping');
    expect(text).not.to.include('Save Mapping');
  });

  it('shows groups with members, customer group and priority', async () => {
    customer = await room.scim.create(user('iris'));
    const made = await push('Wholesale', customer);
    expect(made.status).to.equal(201);
    await push('<b>Buyers</b>');
    const { text } = await browser.get(page);
    expect(text).to.include('Wholesale').and.include('&lt;b>Buyers&lt;/b>').and.not.include('<b>Buyers');
    const sent = fields(text);
    expect(sent.group).to.have.length(2);
    const filtered = await browser.get(`${page}?name=whole`);
    expect(filtered.text).to.include('Wholesale');
    expect(fields(filtered.text).group).to.have.length(1);
    expect((await browser.get(`${page}?name=olesale`)).text).to.include('Nothing matches');
  });

  it('maps a group to another customer group, and its members follow', async () => {
    const shown = fields((await browser.get(`${page}?name=wholesale`)).text);
    const name = Object.keys(shown).find((key) => key.startsWith('customerGroup-')) ?? '';
    const rank = name.replace('customerGroup', 'priority');
    const before = await groupOf(customer);
    await browser.send(page, { ...shown, [name]: '3', [rank]: '5' });
    expect(await flash()).to.include('1 group changed');
    await room.host.resolve(GroupJobs).drain();
    expect(await groupOf(customer))
      .to.equal(3)
      .and.not.equal(before);
    // What was shown before is not what is there now.
    await browser.send(page, { ...shown, [name]: '1' });
    expect(await flash())
      .to.include('somebody else has changed it')
      .and.include('Wholesale');
    const now = fields((await browser.get(`${page}?name=wholesale`)).text);
    expect(now[name]).to.deep.equal(['3']);
    expect(now[rank]).to.deep.equal(['5']);
  });

  it('unmaps a group, and refuses what is no priority or no customer group', async () => {
    const shown = fields((await browser.get(`${page}?name=wholesale`)).text);
    const name = Object.keys(shown).find((key) => key.startsWith('customerGroup-')) ?? '';
    await browser.send(page, { ...shown, [name.replace('customerGroup', 'priority')]: 'first' });
    expect(await flash())
      .to.include('a priority is a whole number')
      .and.include('first');
    await browser.send(page, { ...shown, [name]: '0' });
    expect(await flash()).to.include('Not changed');
    await browser.send(page, { ...shown, [name]: '' });
    await room.host.resolve(GroupJobs).drain();
    expect(await groupOf(customer)).to.equal(1);
  });

  it('is for looking at where a role allows no more', async () => {
    const only = { name: 'Readers', everything: false, resources: ['provisioning::groups'] };
    await room.database.transaction((tx) => room.host.resolve(Roles).create(tx, only));
    await room.make('rita', 'Readers');
    const reader = await room.enter('rita');
    const { status, text } = await reader.get(page);
    expect(status).to.equal(200);
    expect(text).to.include('Wholesale').and.not.include('Save Mapping');
    expect((await reader.send(page, fields(text))).status).to.equal(403);
  });

  it('takes ten statements at most, and reads a page of groups and no more', async () => {
    for (let n = 0; n < 30; n++) await push(`Team ${String(n).padStart(2, '0')}`);
    await browser.get(page);
    const { statements, stop } = countStatements(room.database);
    const { text } = await browser.get(page);
    stop();
    expect(statements.length, statements.join('\n')).to.be.at.most(10);
    expect(fields(text).group).to.have.length(20);
    const next = /href="([^"]*after=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await browser.get(next);
    expect(fields(second.text).group).to.have.length(12);
    expect(second.text).to.include('Wholesale');
    expect(new Set([...(fields(text).group ?? []), ...(fields(second.text).group ?? [])]).size).to.equal(32);
    const back = /href="([^"]*before=[^"]*)"/.exec(second.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(fields((await browser.get(back)).text).group).to.deep.equal(fields(text).group);
  });
});
