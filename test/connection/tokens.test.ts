import { expect } from 'chai';
import { exchangeScope, scopes } from '../../modules/connection/scopes.ts';
import { parseToken } from '../../modules/connection/token-text.ts';
import { raw, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ConnectionRoom, openRoom, refusalOf } from './room.ts';

const minutes = 60_000;

onBothEngines('Tokens of a connection', (engine) => {
  let room: ConnectionRoom;
  let made = 0;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());

  const connect = () => room.connect(`c${++made}`);
  const works = async (text: string): Promise<boolean> => (await room.opens(text)) !== undefined;
  const rotate = async (code: string, overlap: number) =>
    room.transaction(async (tx) =>
      room.tokens.rotate(
        tx,
        await room.connections.byCode(tx, code),
        { name: 'next', overlapUntil: new Date(room.now().getTime() + overlap) },
        room.now(),
      ),
    );
  const revoke = (id: string) => room.transaction((tx) => room.tokens.revoke(tx, id, room.now()));
  /** Lets every cache forget. */
  const later = (milliseconds = 5_000) => room.advance(milliseconds);

  it('are told once, with everything but their text to be seen again', async () => {
    const connection = await connect();
    const { text, token } = await room.transaction((tx) =>
      room.tokens.issue(tx, connection, { name: ' for Okta ' }, room.now()),
    );
    expect(parseToken(text)?.publicId).to.equal(token.publicId);
    expect(token).to.deep.equal({
      id: token.id,
      connectionId: connection.id,
      publicId: token.publicId,
      name: 'for Okta',
      scopes: ['users:read', 'users:write', 'groups:read', 'groups:write'],
      addresses: [],
      createdAt: '2024-05-06 12:00:00',
      expiresAt: null,
      revokedAt: null,
      replacedBy: null,
      expiredBefore: null,
      lastUsedAt: null,
      lastUsedAddress: null,
      lastUsedAgent: null,
    });
    expect(await room.tokens.list(room.database, connection.id)).to.deep.equal([token]);
    expect(await works(text)).to.equal(true);
  });

  it('have a name', async () => {
    const connection = await connect();
    const nameless = room.transaction((tx) => room.tokens.issue(tx, connection, { name: ' ' }, room.now()));
    expect((await refusalOf(nameless)).code).to.equal('NAME_INVALID');
  });

  it('are two at most, expired and revoked ones aside', async () => {
    const connection = await connect();
    const first = await room.issue(connection, new Date(room.now().getTime() + minutes));
    const second = await room.issue(connection);
    const refusal = await refusalOf(room.issue(connection));
    expect(refusal.code).to.equal('TOKEN_LIMIT');
    expect(refusal.message).to.contain(connection.code).and.contain('token:revoke').and.contain('token:rotate');
    room.advance(minutes);
    const third = await room.issue(connection);
    await refusalOf(room.issue(connection));
    await revoke(parseToken(second)?.publicId ?? '');
    const fourth = await room.issue(connection);
    later();
    expect(await Promise.all([first, second, third, fourth].map(works))).to.deep.equal([false, false, true, true]);
  });

  for (const [whose, own, words] of [
    ['a storefront', exchangeScope, 'exchange of codes'],
    ['an importer', 'store:customers', 'API accounts'],
  ] as const)
    it(`for ${whose} alone are counted apart, and outlive a rotation of the identity provider’s`, async () => {
      const connection = await connect();
      const [scim, other] = [await room.issue(connection), await room.issue(connection)];
      const apart = await room.issue(connection, undefined, { scopes: [own] });
      const { text: next, token } = await rotate(connection.code, 0);
      expect(token.scopes).to.deep.equal(scopes);
      later();
      expect(await Promise.all([scim, other, apart, next].map(works))).to.deep.equal([false, false, true, true]);
      await room.issue(connection, undefined, { scopes: [own] });
      const refusal = await refusalOf(room.issue(connection, undefined, { scopes: [own] }));
      expect(refusal.code).to.equal('TOKEN_LIMIT');
      expect(refusal.message).to.contain(words);
    });

  it('are two at most when ten are asked for at once', async () => {
    // The pool is warm after the first time, and they are at it together.
    for (let round = 0; round < 3; round++) {
      const { code, id } = await connect();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, () =>
          room.transaction(async (tx) =>
            room.tokens.issue(tx, await room.connections.byCode(tx, code), { name: 'race' }, room.now()),
          ),
        ),
      );
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.code);
      expect(refused).to.deep.equal(Array(8).fill('TOKEN_LIMIT'));
      expect(await room.tokens.list(room.database, id)).to.have.length(2);
    }
  });

  it('are two at most when five rotations come at once', async () => {
    const connection = await connect();
    await room.issue(connection);
    const made = await Promise.all(Array.from({ length: 5 }, () => rotate(connection.code, 60 * minutes)));
    later();
    const working = await Promise.all(made.map(({ text }) => works(text)));
    expect(working.filter(Boolean)).to.have.length(2);
  });

  it('work side by side until the overlap of a rotation ends', async () => {
    const connection = await connect();
    const old = await room.issue(connection);
    const { text } = await rotate(connection.code, 60 * minutes);
    later();
    expect([await works(old), await works(text)]).to.deep.equal([true, true]);
    room.advance(60 * minutes - 5_000 - 1_000);
    expect(await works(old)).to.equal(true);
    room.advance(1_000);
    expect([await works(old), await works(text)]).to.deep.equal([false, true]);
  });

  it('stop at once where a rotation has no overlap', async () => {
    const connection = await connect();
    const old = await room.issue(connection);
    const { text } = await rotate(connection.code, 0);
    expect([await works(old), await works(text)]).to.deep.equal([false, true]);
  });

  it('never last longer because of a rotation', async () => {
    const connection = await connect();
    const old = await room.issue(connection, new Date(room.now().getTime() + 10 * minutes));
    await rotate(connection.code, 60 * minutes);
    room.advance(10 * minutes);
    expect(await works(old)).to.equal(false);
  });

  it('leave only the newest one beside a rotation', async () => {
    const connection = await connect();
    const [first, second] = [await room.issue(connection), await room.issue(connection)];
    const { text } = await rotate(connection.code, 60 * minutes);
    later();
    expect(await Promise.all([first, second, text].map(works))).to.deep.equal([false, true, true]);
    await rotate(connection.code, 60 * minutes);
    later();
    expect(await Promise.all([second, text].map(works))).to.deep.equal([false, true]);
  });

  it('are revoked by their id or by their whole text, once', async () => {
    const connection = await connect();
    const [first, second] = [await room.issue(connection), await room.issue(connection)];
    const revoked = await revoke(parseToken(first)?.publicId ?? '');
    expect(revoked.revokedAt).to.not.equal(null);
    later();
    expect((await revoke(first)).revokedAt).to.equal(revoked.revokedAt);
    expect((await revoke(second)).connectionId).to.equal(connection.id);
    later();
    expect([await works(first), await works(second)]).to.deep.equal([false, false]);
  });

  it('that are unknown can not be revoked, and a secret is not repeated', async () => {
    const text = await room.issue(await connect());
    const id = parseToken(text)?.publicId ?? '';
    for (const wrong of ['nothing1', '', `${text}x`, id.toUpperCase(), `${id} `]) {
      if (wrong === id) continue;
      const refusal = await refusalOf(revoke(wrong));
      expect(refusal.code).to.equal('TOKEN_UNKNOWN');
      expect(refusal.message).to.contain('token:list').and.not.contain(text.slice(20));
    }
    later();
    expect(await works(text)).to.equal(true);
  });

  it('of one connection say nothing about those of another', async () => {
    const [one, other] = [await connect(), await connect()];
    const text = await room.issue(other);
    await rotate(one.code, 0);
    later();
    expect(await works(text)).to.equal(true);
    expect((await room.tokens.list(room.database)).map(({ connectionId }) => connectionId)).to.include.members([
      one.id,
      other.id,
    ]);
  });

  it('stand nowhere in the database, only a digest under the store’s key', async () => {
    const text = await room.issue(await connect());
    await room.verifier.verify(text, { agent: 'dump' });
    await room.verifier.flush();
    const { secret = '' } = parseToken(text) ?? {};
    const tables = await room.database.all<{ name: string }>(
      room.database.dialect.name === 'mysql'
        ? sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`
        : sql`SELECT name FROM sqlite_master WHERE type = 'table'`,
    );
    let dump = '';
    for (const { name } of tables) {
      const rows = await room.database.all(sql`SELECT * FROM ${raw(`\`${name}\``)}`);
      for (const row of rows) for (const value of Object.values(row)) dump += `${String(value)}\n`;
    }
    expect(dump).to.contain(parseToken(text)?.publicId).and.contain('dump');
    const forms = [text, secret, text.slice(0, 30), text.slice(-20), Buffer.from(secret, 'base64url').toString('hex')];
    for (const form of [...forms, Buffer.from(text).toString('base64').slice(0, 40), Buffer.from(text).toString('hex')])
      expect(dump.toLowerCase()).not.to.contain(form.toLowerCase());
  });
});
