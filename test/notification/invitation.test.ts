import { expect } from 'chai';
import { CustomerOwners } from '../../modules/customer/index.ts';
import { Clock, contribute, countStatements, defineModule, sql } from '../../modules/framework/index.ts';
import { Invitations, Onboarding, type OnboardingState } from '../../modules/notification/index.ts';
import { inviteMany, type Wanted } from '../../modules/notification/invitation/walk.ts';
import { header } from '../mail/smtp-server.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type NotificationRoom, openNotificationRoom } from './room.ts';

const wanted: Wanted = {
  states: new Set<OnboardingState>(['not-invited']),
  managed: false,
  website: undefined,
  limit: undefined,
  kind: 'activation',
  dry: false,
};

onBothEngines('Invitations of many customers', (engine) => {
  let room: NotificationRoom;
  let owned: ReadonlySet<number>;
  const owners = {
    of: async (_: unknown, id: number) => (owned.has(id) ? { name: 'IdP', owns: new Set<string>() } : undefined),
  };
  before(async () => {
    const directory = defineModule({
      name: 'directory',
      version: '1.0.0',
      host: '^1',
      sequence: ['customer'],
      contributes: [contribute(CustomerOwners, {}, () => owners)],
    });
    room = await openNotificationRoom(engine, { secondWebsite: true, modules: [directory] });
  });
  beforeEach(async () => {
    owned = new Set();
    await room.clear();
  });
  after(() => room.close());

  const services = () => ({
    database: room.database,
    invitations: room.host.resolve(Invitations),
    onboarding: room.host.resolve(Onboarding),
    clock: room.host.resolve(Clock),
    owners: [owners],
  });
  const walk = (more: Partial<Wanted> = {}) => inviteMany(services(), { ...wanted, ...more }, () => {});
  const queued = async () => (await room.mails()).map(({ topic }) => Number(topic?.split(':')[1]));

  it('go to those whose onboarding is as wanted, and to nobody twice', async () => {
    const [one = 0, two = 0, gone = 0, done = 0] = await shoppers(4);
    await room.database.run(sql`UPDATE {customer_entity} SET is_active = 0 WHERE entity_id = ${gone}`);
    await room.database.run(sql`UPDATE {customer_entity} SET password_hash = 'x' WHERE entity_id = ${done}`);
    expect(await walk({ dry: true })).to.include({ dryRun: true, invited: 2, leftOut: 1 });
    expect(await queued()).to.deep.equal([]);
    expect(await walk()).to.deep.equal({
      dryRun: false,
      invited: 2,
      leftOut: 1,
      reasons: ['1 customer: is deactivated; a reset link would let them in again.'],
    });
    expect(await queued()).to.deep.equal([one, two]);
    expect(await walk()).to.include({ invited: 0 });
    expect(await walk({ states: new Set<OnboardingState>(['done']) })).to.include({ invited: 1 });
    const actors = (await room.records()).map(({ actor, operation }) => `${operation} by ${actor}`);
    expect(new Set(actors)).to.deep.equal(new Set(['customer.invite by command line']));
  });

  it('stop at a limit, keep to a website, and to those whom an identity provider manages', async () => {
    const [, second = 0, third = 0] = await shoppers(3);
    const other = await room.shopper('bea@home.example', {}, 2);
    owned = new Set([third, other]);
    expect(await walk({ website: 'second', kind: 'welcome' })).to.include({ invited: 1 });
    expect(await walk({ managed: true, website: 'base' })).to.include({ invited: 1 });
    expect(await queued()).to.deep.equal([other, third]);
    expect(await walk({ limit: 1 })).to.include({ invited: 1 });
    expect(await queued())
      .to.have.length(3)
      .and.not.include(second);
    const unknown = await walk({ website: 'moon' }).catch((error: Error) => error.message);
    expect(unknown).to.equal('There is no website with the code "moon".');
    await room.look();
    const subjects = room.server.mails.map((mail) => header(mail, 'Subject'));
    expect(subjects).to.include('Welcome to Tea & Sons');
  });

  it('cost as many waits for hundreds as for one', async () => {
    const ids = await shoppers(30);
    const { invitations } = services();
    const cost = async (some: readonly number[]) => {
      const counted = countStatements(room.database);
      const { invited } = await invitations.consider(room.database, some);
      counted.stop();
      expect(invited).to.have.length(some.length);
      return counted.statements.length;
    };
    await cost(ids.slice(0, 1));
    expect(await cost(ids.slice(0, 1))).to.equal(2);
    expect(await cost(ids)).to.equal(2);
  });

  async function shoppers(count: number): Promise<number[]> {
    const ids: number[] = [];
    for (let n = 0; n < count; n++) ids.push(await room.shopper(`s${n}@home.example`));
    return ids;
  }
});
