import { expect } from 'chai';
import { Outgoing, sql, sqlTimestamp } from '../../../modules/framework/index.ts';
import { IdpMetadata, SamlWatch } from '../../../modules/saml/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { identity } from '../idp/identity.ts';
import { openSamlRoom, type SamlRoom } from '../provider/saml-room.ts';
import { attentionListener } from './attention-listener.ts';
import { certificateUntil } from './ending-certificate.ts';
import { fakeServer } from './fake-outgoing.ts';
import { entityDescriptor } from './idp-document.ts';

const [hour, day] = [3_600_000, 86_400_000];

onBothEngines('The watch over certificates and metadata', (engine) => {
  const server = fakeServer();
  const { module: listener, told } = attentionListener();
  let room: SamlRoom;
  let watch: SamlWatch;
  let made = 0;
  let code = '';
  before(async () => {
    room = await openSamlRoom(engine, { modules: [listener], override: [[Outgoing, server]] });
    watch = room.host.resolve(SamlWatch);
  });
  after(() => room.close());
  beforeEach(async () => {
    code = (await room.connect(`w${++made}`)).code;
    await room.providers.change(code, { on: true });
    server.xml = entityDescriptor();
    server.asked.length = 0;
    told.length = 0;
  });
  afterEach(async () => {
    await room.providers.change(code, { on: false });
  });

  const given = async (): Promise<string[]> => {
    await Promise.all([watch.warn(), watch.warn()]);
    return told.splice(0).map(({ title }) => title);
  };
  const ending = (name: string, days: number, certificates: string[] = []) =>
    room.host.resolve(IdpMetadata).import(code, {
      text: entityDescriptor({
        certificates: [certificateUntil(name, new Date(room.now().getTime() + days * day)), ...certificates],
      }),
    });

  it('warns of the end of the only trusted certificate, 60, 30, 14, 7 and 1 days before, once each', async () => {
    await ending(code, 70);
    const warned: string[] = [];
    for (let n = 0; n <= 71; n++) {
      for (const title of await given()) warned.push(`${n}: ${title}`);
      room.advance(day);
    }
    expect(warned).to.deep.equal(
      [
        [10, 'ends in 60 days'],
        [40, 'ends in 30 days'],
        [56, 'ends in 14 days'],
        [63, 'ends in 7 days'],
        [69, 'ends in a day'],
      ].map(([n, span]) => `${n}: The SAML certificate of ${code} ${span}`),
    );
  });

  it('looks for the first time when the host starts', async () => {
    await ending(code, 5);
    await watch.start();
    await watch.stop();
    expect(told.map(({ title }) => title)).to.deep.equal([`The SAML certificate of ${code} ends in 5 days`]);
    expect(server.asked).to.deep.equal([]);
  });

  it('says whose certificate it is, when it ends and what to do', async () => {
    await ending(`${code} signs`, 3);
    await watch.warn();
    expect(told).to.have.length(1);
    expect(told[0]?.message).to.contain(`${code} signs`).and.contain('no other is trusted');
    expect(told[0]?.cure).to.equal(`saml:metadata:refresh --connection ${code}`);
  });

  it('is quiet where another trusted certificate goes on, until the metadata does not list that any more', async () => {
    await ending(code, 3, [identity('idp').certificate]);
    expect(await given()).to.deep.equal([]);
    await ending(code, 3);
    expect(await given()).to.have.length(1);
  });

  it('is quiet of what is not trusted, and of connections that have SAML switched off', async () => {
    await ending(code, 3);
    const [certificate] = (await room.providers.configuration(room.database, code)).certificates;
    await room.certificates.distrust(code, certificate?.fingerprint ?? '');
    expect(await given()).to.deep.equal([]);
    await ending(`${code} other`, 3);
    await room.providers.change(code, { on: false });
    expect(await given()).to.deep.equal([]);
  });

  it('warns of the end of our own active key', async () => {
    const { connection } = await room.providers.configuration(room.database, code);
    const soon = sqlTimestamp(new Date(room.now().getTime() + 20 * day));
    await room.database.run(
      sql`UPDATE {vestibule_saml_key} SET not_after = ${soon} WHERE connection_id = ${connection.id}`,
    );
    expect(await given()).to.deep.equal([`Our SAML certificate for ${code} ends in 20 days`]);
    await room.keys.start(code);
    expect(await given()).to.deep.equal([]);
    await room.keys.complete(code);
    room.advance(15 * day);
    expect(await given()).to.deep.equal([]);
  });

  it('reads metadata again once a day, by one process, and goes on where one connection fails', async () => {
    const metadata = room.host.resolve(IdpMetadata);
    const other = (await room.connect(`${code}-b`)).code;
    await room.providers.change(other, { on: true });
    for (const each of [code, other]) await metadata.import(each, { url: `https://${each}.example/` });
    expect(await watch.refresh()).to.deep.equal([]);
    room.advance(24 * hour - 1_000);
    expect(await watch.refresh()).to.deep.equal([]);
    room.advance(1_000);
    server.asked.length = 0;
    server.xml = undefined;
    const both = await Promise.all([watch.refresh(), watch.refresh()]);
    expect(both.flat().sort()).to.deep.equal([code, other]);
    expect(server.asked).to.have.length(2);
    expect((await room.providers.configuration(room.database, other)).source.problem).to.contain('ECONNREFUSED');
    await room.providers.change(other, { on: false });
    room.advance(24 * hour);
    server.xml = entityDescriptor();
    expect(await watch.refresh()).to.deep.equal([code]);
    await room.providers.change(code, { metadataUrl: null });
    room.advance(24 * hour);
    expect(await watch.refresh()).to.deep.equal([]);
  });
});
