import { expect } from 'chai';
import { generateToken, parseToken } from '../../modules/connection/token-text.ts';
import { createTokenVerifier } from '../../modules/connection/token-verifier.ts';
import {
  createEncryptor,
  type Database,
  Encryptor,
  Environment,
  generateKey,
  silentLogger,
} from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ConnectionRoom, openRoom } from './room.ts';

const seconds = 1_000;

onBothEngines('The verifier of tokens', (engine) => {
  let room: ConnectionRoom;
  let made = 0;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());
  beforeEach(() => room.advance(3_600 * seconds));

  const connect = () => room.connect(`c${++made}`);
  const works = async (text: string): Promise<boolean> => (await room.opens(text)) !== undefined;
  const change = (code: string, changes: Parameters<ConnectionRoom['connections']['change']>[2]) =>
    room.transaction((tx) => room.connections.change(tx, code, changes));
  /** The statements that `work` needs, those about "last used" aside. */
  async function selects(work: () => Promise<unknown>): Promise<number> {
    room.statements.reset();
    await work();
    return room.statements.statements.filter((text) => text.startsWith('SELECT')).length;
  }

  it('finds the connection of a token', async () => {
    const connection = await connect();
    expect(await room.opens(await room.issue(connection))).to.deep.equal(connection);
  });

  it('asks the database once in five seconds', async () => {
    const text = await room.issue(await connect());
    expect(await selects(() => works(text))).to.equal(1);
    room.advance(4_999);
    expect(await selects(async () => expect(await works(text)).to.equal(true))).to.equal(0);
    room.advance(1);
    expect(await selects(() => works(text))).to.equal(1);
  });

  it('refuses a revoked token within five seconds', async () => {
    const text = await room.issue(await connect());
    await works(text);
    await room.transaction((tx) => room.tokens.revoke(tx, text, room.now()));
    room.advance(5 * seconds);
    expect(await works(text)).to.equal(false);
  });

  it('sees a pause, and the end of one, within five seconds', async () => {
    const { code, ...connection } = await connect();
    const text = await room.issue({ code, ...connection });
    const active = async () => (await room.opens(text))?.active;
    expect(await active()).to.equal(true);
    await change(code, { active: false });
    room.advance(5 * seconds);
    expect(await active()).to.equal(false);
    await change(code, { active: true });
    room.advance(5 * seconds);
    expect(await active()).to.equal(true);
  });

  it('refuses the tokens of a deleted connection within five seconds', async () => {
    const connection = await connect();
    const text = await room.issue(connection);
    await works(text);
    await room.transaction((tx) => room.connections.remove(tx, connection.code));
    room.advance(5 * seconds);
    expect(await works(text)).to.equal(false);
  });

  it('refuses a token from the second it expires, cached or not', async () => {
    const text = await room.issue(await connect(), new Date(room.now().getTime() + 3 * seconds));
    room.advance(2 * seconds);
    expect(await works(text)).to.equal(true);
    room.advance(1 * seconds);
    expect(await works(text)).to.equal(false);
    room.advance(10 * seconds);
    expect(await works(text)).to.equal(false);
  });

  it('refuses a text that is no token without asking the database', async () => {
    const text = await room.issue(await connect());
    const wrong = ['', 'secret', text.slice(1), `${text} `, text.toUpperCase(), text.replace('vsb_', 'ghp_')];
    expect(await selects(async () => expect(await Promise.all(wrong.map(works))).not.to.include(true))).to.equal(0);
  });

  it('refuses a made-up token, and one that puts its own secret behind the id of another', async () => {
    const text = await room.issue(await connect());
    const { publicId = '' } = parseToken(text) ?? {};
    const forged = forge(publicId);
    expect(parseToken(forged)?.publicId).to.equal(publicId);
    for (const known of [false, true]) {
      if (known) expect(await works(text)).to.equal(true);
      expect(await works(forged)).to.equal(false);
      expect(await works(generateToken().text)).to.equal(false);
    }
    expect(await works(text)).to.equal(true);
  });

  it('tells the tokens of two connections apart', async () => {
    const [one, other] = [await connect(), await connect()];
    const [first, second] = [await room.issue(one), await room.issue(other)];
    expect((await room.opens(first))?.code).to.equal(one.code);
    expect((await room.opens(second))?.code).to.equal(other.code);
  });

  it('serves the good token through a flood of bad ones, and remembers none of them', async () => {
    const text = await room.issue(await connect());
    const { publicId = '' } = parseToken(text) ?? {};
    await works(text);
    const unknown = Array.from({ length: 500 }, () => generateToken().text);
    const forged = Array.from({ length: 500 }, () => forge(publicId));
    const asked = await selects(async () => {
      const answers = await Promise.all([...unknown, text, ...forged, text].map(works));
      expect(answers.filter(Boolean)).to.have.length(2);
      expect(await works(text)).to.equal(true);
    });
    // one after the other, each for up to 64 unknown ids, and none for the id that is known already
    expect(asked).to.equal(1 + Math.ceil(499 / 64));
  });

  it('writes the last use of a token once a minute, with where it came from', async () => {
    const text = await room.issue(await connect());
    await room.verifier.flush();
    room.statements.reset();
    const at = room.now();
    for (let i = 0; i < 20; i++) {
      await room.verifier.verify(text, { address: '192.0.2.7', agent: 'a'.repeat(300) });
      room.advance(2 * seconds);
    }
    await room.verifier.verify(generateToken().text, {});
    const writes = () => room.statements.statements.filter((one) => one.startsWith('UPDATE')).length;
    expect(writes()).to.equal(1);
    const [token] = await room.tokens.list(room.database, (await room.opens(text, '192.0.2.7'))?.id);
    expect(token).to.include({ lastUsedAddress: '192.0.2.7', lastUsedAgent: 'a'.repeat(255) });
    expect(token?.lastUsedAt).to.equal(at.toISOString().replace('T', ' ').slice(0, 19));
    room.advance(20 * seconds);
    await works(text);
    await room.verifier.flush();
    expect(writes()).to.equal(2);
  });

  it('writes what is left of the last uses when the host stops', async () => {
    const own = await openRoom(engine);
    try {
      const connection = await own.connect('own');
      const text = await own.issue(connection);
      await own.issue(connection);
      await own.verifier.verify(text, {});
      own.advance(7 * seconds);
      await own.verifier.verify(text, {});
      await own.host.close();
      const all = await own.tokens.list(own.database);
      expect(all.map(({ lastUsedAt }) => lastUsedAt)).to.deep.equal([null, '2024-05-06 12:00:07']);
    } finally {
      await own.close();
    }
  });

  it('waits at the end for writes that are under way', async () => {
    const text = await room.issue(await connect());
    let ended = 0;
    const slow: Database = Object.create(room.database, {
      run: {
        value: async (query: Parameters<Database['run']>[0]) => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          const outcome = await room.database.run(query);
          ended++;
          return outcome;
        },
      },
      all: { value: (query: Parameters<Database['all']>[0]) => room.database.all(query) },
    });
    const verifier = createTokenVerifier(slow, room.host.resolve(Encryptor), { now: room.now }, silentLogger);
    await verifier.verify(text, {});
    await verifier.flush();
    expect(ended).to.equal(1);
  });

  it('serves on when a last use can not be written', async () => {
    const text = await room.issue(await connect());
    const broken: Database = Object.create(room.database, {
      run: { value: () => Promise.reject(new Error('away')) },
      all: { value: (query: Parameters<Database['all']>[0]) => room.database.all(query) },
    });
    const warnings: string[] = [];
    const logger = { ...silentLogger, warn: (_: object, message: string) => void warnings.push(message) };
    const verifier = createTokenVerifier(broken, room.host.resolve(Encryptor), { now: room.now }, logger);
    expect(await verifier.verify(text, {})).not.to.equal(undefined);
    await verifier.flush();
    expect(warnings).to.deep.equal(['the "last used" of a token could not be written']);
    expect(await verifier.verify(text, {})).not.to.equal(undefined);
  });

  it('rejects when the database can not be asked, so that nobody is told a token was wrong', async () => {
    const broken: Database = Object.create(room.database, {
      all: { value: () => Promise.reject(new Error('away')) },
    });
    const verifier = createTokenVerifier(broken, room.host.resolve(Encryptor), { now: room.now }, silentLogger);
    const failed = await verifier.verify(generateToken().text, {}).catch((error: Error) => error.message);
    expect(failed).to.equal('away');
  });

  it('knows a token after the store got a newer key, and not once the old key is gone', async () => {
    const text = await room.issue(await connect());
    const [key = ''] = room.host.resolve(Environment).cryptKeys;
    const under = (...keys: string[]) =>
      createTokenVerifier(room.database, createEncryptor(keys), { now: room.now }, silentLogger).verify(text, {});
    expect(await under(key, generateKey())).not.to.equal(undefined);
    expect(await under(generateKey())).to.equal(undefined);
  });
});

/** A text that is a token by its looks, with this id and a secret of nobody. */
function forge(publicId: string): string {
  for (;;) {
    const { text } = generateToken();
    const body = `vsb_${publicId}_${text.slice(13, 56)}`;
    const checked = withChecksum(body);
    if (parseToken(checked)) return checked;
  }
}

function withChecksum(body: string): string {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(body)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return body + ((crc ^ 0xffffffff) >>> 0).toString(36).padStart(7, '0').slice(-6);
}
