import { expect } from 'chai';
import { warningOf } from '../../modules/connection/expiry/warning.ts';
import {
  type BearerToken,
  type Connection,
  type ExpiringToken,
  TokenExpiring,
} from '../../modules/connection/index.ts';
import { defineModule, type Logger, observe } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ConnectionRoom, openRoom } from './room.ts';

const day = 86_400_000;

onBothEngines('The end of a token', (engine) => {
  const told: ExpiringToken[] = [];
  const logged: string[] = [];
  const quiet = () => {};
  const logger: Logger = { debug: quiet, info: quiet, warn: (_, message) => void logged.push(message), error: quiet };
  const mailer = defineModule({
    name: 'mailer',
    version: '1.0.0',
    host: '^1',
    sequence: ['connection'],
    observers: [
      observe(TokenExpiring, { id: 'mailer.tells', when: 'committed', handle: (warning) => void told.push(warning) }),
    ],
  });
  let room: ConnectionRoom;
  let connection: Connection;
  let made = 0;
  before(async () => {
    room = await openRoom(engine, logger, [mailer]);
  });
  after(() => room.close());
  beforeEach(async () => {
    connection = await room.connect(`c${++made}`);
    told.length = 0;
    logged.length = 0;
  });

  const issueFor = async (time: number): Promise<BearerToken> => {
    await room.issue(connection, new Date(room.now().getTime() + time));
    const [newest] = await room.tokens.list(room.database, connection.id);
    return newest as BearerToken;
  };
  /** The oldest one. */
  const token = async (): Promise<BearerToken> => {
    const all = await room.tokens.list(room.database, connection.id);
    return all.at(-1) as BearerToken;
  };
  const shown = async () => warningOf(await token(), connection.code, room.now());

  it('is told 30, 14, 7 and 1 days before, once each, in the log and to whoever observes', async () => {
    const { publicId } = await issueFor(90 * day);
    const seen: (number | undefined)[] = [];
    for (let days = 0; days < 95; days++) {
      await room.watch.check();
      await room.watch.check();
      seen.push((await shown())?.days);
      room.advance(day);
    }
    expect(told.map(({ days }) => days)).to.deep.equal([30, 14, 7, 1]);
    expect(told.map((one) => [one.connection.code, one.token.publicId])).to.deep.equal(
      Array.from({ length: 4 }, () => [connection.code, publicId]),
    );
    expect(logged).to.deep.equal(told.map(({ message }) => message));
    expect(logged[0])
      .to.contain(`The token ${publicId} (test) of the connection "${connection.code}" works for 30 days more`)
      .and.contain(`token:rotate --connection ${connection.code} --start`);
    expect(logged[3]).to.contain('works for a day more');
    expect([59, 60, 75, 76, 82, 83, 88, 89, 90].map((n) => seen[n])).to.deep.equal([
      ...[undefined, 30, 30, 14, 14, 7, 7, 1, undefined],
    ]);
  });

  it('is told by the warning that is due where nobody looked for weeks', async () => {
    await issueFor(90 * day);
    room.advance(85 * day);
    expect(await room.watch.check()).to.equal(1);
    room.advance(4.5 * day);
    expect(await room.watch.check()).to.equal(1);
    expect(told.map(({ days }) => days)).to.deep.equal([7, 1]);
    expect(logged[1]).to.contain('works for 12 hours more');
  });

  it('is told once by two servers that look at the same moment', async () => {
    await issueFor(90 * day);
    room.advance(61 * day);
    const given = await Promise.all([room.watch.check(), room.watch.check()]);
    expect(given.toSorted()).to.deep.equal([0, 1]);
    expect(told).to.have.length(1);
  });

  it('is no news where it was near when the token was made', async () => {
    await issueFor(5 * day);
    expect(await room.watch.check()).to.equal(0);
    expect(await shown()).to.equal(undefined);
    room.advance(4.5 * day);
    expect(await room.watch.check()).to.equal(1);
    expect(told.map(({ days }) => days)).to.deep.equal([1]);
  });

  it('is no news where a rotation has set it, and news where it comes before the rotation is completed', async () => {
    await issueFor(90 * day);
    room.advance(60 * day);
    await room.transaction((tx) => room.tokens.startRotation(tx, connection, { name: 'next' }, room.now()));
    expect((await shown())?.message).to.contain('complete its rotation');
    expect(await room.watch.check()).to.equal(1);
    await room.transaction((tx) => room.tokens.cancelRotation(tx, connection, room.now()));
    const overlapUntil = new Date(room.now().getTime() + 1 * day);
    await room.transaction((tx) => room.tokens.rotate(tx, connection, { name: 'x', overlapUntil }, room.now()));
    expect(await shown()).to.equal(undefined);
    expect(await room.watch.check()).to.equal(0);
  });

  it('is no news of a token that is revoked, has ended or has none', async () => {
    await room.issue(connection);
    const { publicId } = await issueFor(60 * day);
    room.advance(40 * day);
    await room.transaction((tx) => room.tokens.revoke(tx, publicId, room.now()));
    expect(await room.watch.check()).to.equal(0);
    await issueFor(20 * day);
    room.advance(21 * day);
    expect(await room.watch.check()).to.equal(0);
    for (const one of await room.tokens.list(room.database, connection.id))
      expect(warningOf(one, connection.code, room.now())).to.equal(undefined);
  });
});
