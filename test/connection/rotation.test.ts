import { expect } from 'chai';
import type { BearerToken, Connection, IssuedToken } from '../../modules/connection/index.ts';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ConnectionRoom, openRoom, refusalOf } from './room.ts';

const days = 86_400_000;

onBothEngines('A rotation in steps', (engine) => {
  let room: ConnectionRoom;
  let connection: Connection;
  let old: string;
  let made = 0;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());
  beforeEach(async () => {
    connection = await room.connect(`c${++made}`);
    old = await room.issue(connection, new Date(room.now().getTime() + 90 * days), {
      scopes: ['users:read', 'users:write'],
      addresses: ['192.0.2.0/24'],
    });
  });

  const home = '192.0.2.7';
  const works = async (...texts: string[]) => {
    room.advance(5_000);
    return Promise.all(texts.map(async (text) => (await room.opens(text, home)) !== undefined));
  };
  const start = (): Promise<IssuedToken> =>
    room.transaction((tx) => room.tokens.startRotation(tx, connection, { name: 'next' }, room.now()));
  const complete = () => room.transaction((tx) => room.tokens.completeRotation(tx, connection, room.now()));
  const cancel = () => room.transaction((tx) => room.tokens.cancelRotation(tx, connection, room.now()));
  const listed = (): Promise<BearerToken[]> => room.tokens.list(room.database, connection.id);

  it('lets both tokens work until it is completed, however long that takes', async () => {
    const { text } = await start();
    expect(await works(old, text)).to.deep.equal([true, true]);
    room.advance(60 * days);
    expect(await works(old, text)).to.deep.equal([true, true]);
    const { works: fresh, ended } = await complete();
    expect(await works(old, text)).to.deep.equal([false, true]);
    const [after, before] = await listed();
    expect([after?.publicId, before?.publicId]).to.deep.equal([fresh.publicId, ended.publicId]);
    expect(before?.revokedAt).not.to.equal(null);
  });

  it('hands the rights of the old token to the new one', async () => {
    const { text, token } = await start();
    expect(token).to.deep.include({ scopes: ['users:read', 'users:write'], addresses: ['192.0.2.0/24'] });
    expect(await room.refusal(text, '198.51.100.1')).to.equal('address');
  });

  it('says of the old token what takes its place', async () => {
    const { token } = await start();
    const [, before] = await listed();
    expect(before).to.include({ replacedBy: token.publicId });
    expect(before?.expiresAt).to.equal(before?.expiredBefore).and.not.to.equal(null);
  });

  it('leaves everything as it was when it is cancelled', async () => {
    const [before] = await listed();
    const { text } = await start();
    await cancel();
    expect(await works(old, text)).to.deep.equal([true, false]);
    const [, after] = await listed();
    expect({ ...after, lastUsedAt: null, lastUsedAddress: null }).to.deep.equal(before);
    await start();
    await cancel();
  });

  it('can be started once, and ended once', async () => {
    expect((await refusalOf(complete())).message)
      .to.contain('No rotation')
      .and.contain('--start');
    expect((await refusalOf(cancel())).code).to.equal('TOKEN_ROTATION');
    await start();
    const again = await refusalOf(start());
    expect(again.code).to.equal('TOKEN_ROTATION');
    expect(again.message).to.contain('--complete').and.contain('--cancel').and.contain('token:revoke');
    await complete();
    expect((await refusalOf(complete())).code).to.equal('TOKEN_ROTATION');
  });

  it('is not under way between two tokens that were made side by side', async () => {
    await room.issue(connection);
    expect((await refusalOf(complete())).code).to.equal('TOKEN_ROTATION');
    expect((await refusalOf(start())).code).to.equal('TOKEN_ROTATION');
  });

  it('needs a token to begin with', async () => {
    await room.transaction((tx) => room.tokens.revoke(tx, old, room.now()));
    expect((await refusalOf(start())).message).to.contain('token:create');
  });

  it('is begun by one of five who begin it at once', async () => {
    // The pool opens its connections first, so that they really run at once.
    for (let round = 0; round < 3; round++)
      await Promise.all(
        Array.from({ length: 10 }, () =>
          room.database.all(sql`SELECT COUNT(*) AS n FROM {eav_attribute} a, {directory_country_region} r`),
        ),
      );
    const answers = await Promise.allSettled(Array.from({ length: 5 }, start));
    expect(answers.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(await listed()).to.have.length(2);
  });

  it('ends sooner, or not at all, where it was given an overlap', async () => {
    const overlapUntil = () => new Date(room.now().getTime() + 1 * days);
    const rotate = () =>
      room.transaction((tx) =>
        room.tokens.rotate(tx, connection, { name: 'x', overlapUntil: overlapUntil() }, room.now()),
      );
    const [before] = await listed();
    const second = (await rotate()).text;
    await cancel();
    expect(await works(old, second)).to.deep.equal([true, false]);
    expect((await listed()).find(({ id }) => id === before?.id)?.expiresAt).to.equal(before?.expiresAt);
    const third = (await rotate()).text;
    expect(await works(old, third)).to.deep.equal([true, true]);
    await complete();
    expect(await works(old, third)).to.deep.equal([false, true]);
  });
});
