import { expect } from 'chai';
import { CommandError, sql } from '../../../modules/framework/index.ts';
import { groupCommands } from '../../../modules/provisioning/group/commands.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { groupClient } from './group-client.ts';

onBothEngines('The commands of groups', (engine) => {
  let host: ScimHost;
  let [user, engineers, everyone] = ['', '', ''];
  before(async () => {
    host = await openHost(engine);
    const scim = await host.connect('okta');
    const groups = groupClient(scim);
    user = await scim.create({ userName: 'u@example.com' });
    engineers = await groups.create({ displayName: 'Engineers', members: [{ value: user }] });
    everyone = await groups.create({ displayName: 'Everyone', members: [{ value: user }] });
  });
  after(() => host.close());

  async function run(name: string, options: Record<string, unknown> = {}): Promise<{ done: unknown; printed: string }> {
    const command = groupCommands.find((known) => known.name === name);
    if (!command) throw new Error(`no command ${name}`);
    const given = { connection: 'okta', ...options };
    const resolved = Object.fromEntries(
      Object.entries(command.dependencies).map(([key, token]) => [key, host.host.resolve(token as never)]),
    );
    const done = await command.run(given, resolved, { write: () => {}, tell: () => {}, json: false });
    return { done, printed: command.print(done, given) ?? '' };
  }
  const code = async () =>
    (
      await host.row<{ code: string }>(
        sql`SELECT k.customer_group_code AS code FROM {customer_entity} c JOIN {customer_group} k ON k.customer_group_id = c.group_id WHERE c.entity_id = ${Number(user)}`,
      )
    ).code;

  it('list the groups with their customer groups', async () => {
    const { done, printed } = await run('group:list');
    expect(done).to.deep.include({
      id: engineers,
      displayName: 'Engineers',
      members: 1,
      priority: 100,
      customerGroupId: 4,
      customerGroup: 'Engineers',
    });
    expect(printed.split('\n')).to.have.length(2);
    await host.connect('empty');
    expect((await run('group:list', { connection: 'empty' })).printed).to.contain('no groups');
  });

  it('map a group, by name or id, to a customer group, by code or id, and move its members', async () => {
    expect(await code()).to.equal('Engineers');
    await run('group:map', { group: 'ENGINEERS', customerGroup: 'wholesale' });
    expect(await code()).to.equal('Wholesale');
    await run('group:map', { group: everyone, customerGroup: '3', priority: 1 });
    expect(await code()).to.equal('Retailer');
    expect(((await run('group:list')).done as { id: string }[]).map(({ id }) => id)).to.deep.equal([
      everyone,
      engineers,
    ]);
  });

  it('end a mapping, and members go where other groups say, or back', async () => {
    expect((await run('group:unmap', { group: 'everyone' })).printed).to.contain(everyone);
    expect(await code()).to.equal('Wholesale');
    await run('group:unmap', { group: engineers });
    expect(await code()).to.equal('General');
    expect(((await run('group:list')).done as { customerGroup: unknown }[]).map((g) => g.customerGroup)).to.deep.equal([
      null,
      null,
    ]);
  });

  it('say what they cannot find', async () => {
    const refusal = (name: string, options: Record<string, unknown>) =>
      run(name, options).then(
        () => 'nothing was refused',
        (error: unknown) => (error instanceof CommandError ? error.message : String(error)),
      );
    expect(await refusal('group:map', { group: 'Nobody', customerGroup: '1' }))
      .to.contain('"Nobody"')
      .and.contain('group:list');
    expect(await refusal('group:map', { group: engineers, customerGroup: 'nothing' })).to.contain('"nothing"');
    expect(await refusal('group:map', { group: engineers, customerGroup: '0' })).to.contain('not for customers');
    expect(await refusal('group:unmap', { group: 'g999' })).to.contain('"g999"');
  });
});
