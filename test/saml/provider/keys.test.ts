import { expect } from 'chai';
import { refusalOf } from '../../connection/room.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openSamlRoom, type SamlRoom } from './saml-room.ts';

onBothEngines('The rollover of our key', (engine) => {
  let room: SamlRoom;
  let made = 0;
  let code = '';
  before(async () => {
    room = await openSamlRoom(engine);
  });
  after(() => room.close());
  beforeEach(async () => {
    code = (await room.connect(`k${++made}`)).code;
    await room.providers.change(code, { on: true });
  });

  const keys = async () => {
    const provider = await room.providers.byCode(room.database, code);
    return {
      signing: provider?.keys.signing?.id,
      next: provider?.keys.next?.id,
      decryption: provider?.keys.decryption.map(({ id }) => id).sort((a, b) => a - b),
    };
  };

  it('lets the next key sign once it is completed, and every key that may be in use decrypt', async () => {
    const [first] = (await keys()).decryption ?? [];
    expect(await keys()).to.deep.equal({ signing: first, next: undefined, decryption: [first] });
    await room.keys.start(code);
    const { next: second } = await keys();
    expect(await keys()).to.deep.equal({ signing: first, next: second, decryption: [first, second] });
    await room.keys.complete(code);
    expect(await keys()).to.deep.equal({ signing: second, next: undefined, decryption: [first, second] });
    await room.keys.start(code);
    const { next: third } = await keys();
    expect(await keys()).to.deep.equal({ signing: second, next: third, decryption: [first, second, third] });
    await room.keys.complete(code);
    expect(await keys()).to.deep.equal({ signing: third, next: undefined, decryption: [second, third] });
  });

  it('leaves everything as it was where it is cancelled', async () => {
    const before = await keys();
    await room.keys.start(code);
    await room.keys.cancel(code, 'anna');
    expect(await keys()).to.deep.equal(before);
    expect((await room.records('saml.key.rotate'))[0]).to.include({ actor: 'anna', subject: code });
  });

  it('is under way once, whoever starts it at the same moment, and ends once', async () => {
    const outcomes = async (work: () => Promise<unknown>) =>
      (await Promise.allSettled([work(), work(), work()])).map(({ status }) => status).sort();
    const once = ['fulfilled', 'rejected', 'rejected'];
    expect(await outcomes(() => room.keys.start(code))).to.deep.equal(once);
    expect(await outcomes(() => room.keys.complete(code))).to.deep.equal(once);
    expect((await keys()).decryption).to.have.length(2);
  });

  it('can be completed and cancelled only while it is under way', async () => {
    for (const end of ['complete', 'cancel'] as const)
      expect(await refusalOf(room.keys[end](code))).to.include({ code: 'SAML_KEY_ROLLOVER' });
    await room.keys.start(code);
    expect((await refusalOf(room.keys.start(code))).message).to.contain('complete or cancel it first');
    expect(await refusalOf(room.keys.start('nobody'))).to.include({ code: 'CONNECTION_UNKNOWN' });
  });
});
