import { expect } from 'chai';
import { SamlError } from '../../../modules/saml/error.ts';
import type { SamlProvider } from '../../../modules/saml/provider/provider.ts';
import { Admissions } from '../../../modules/saml/request/admissions.ts';
import type { PendingRequest } from '../../../modules/saml/request/pending-request.ts';
import { SamlRequests } from '../../../modules/saml/request/requests.ts';
import { AssertionVerifier } from '../../../modules/saml/verification/assertion-verifier.ts';
import { LogoutVerifier } from '../../../modules/saml/verification/logout-verifier.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { forge } from '../idp/forge.ts';
import { forgeLogoutQuery } from '../idp/logout.ts';
import { samlProvider } from '../idp/provider.ts';
import { openSamlRoom, type SamlRoom } from '../provider/saml-room.ts';

const browser = 'b'.repeat(64);
const asked = samlProvider();
const unasked = samlProvider({ settings: { idpInitiated: true } });

onBothEngines('admission of SAML messages', (engine) => {
  let room: SamlRoom;
  before(async () => {
    room = await openSamlRoom(engine);
  });
  after(() => room.close());

  const open = (kind: PendingRequest['kind'] = 'login') =>
    room.host
      .resolve(SamlRequests)
      .open(room.database, { connectionId: asked.connection.id, kind, returnTo: null, browser, now: room.now() });

  /** Brings a response: verified, then admitted. Answers the request's ID, `unasked`, or the code of the refusal. */
  async function post(field: string, provider: SamlProvider, from: string | null = browser): Promise<string> {
    const now = room.now();
    try {
      const assertion = await room.host.resolve(AssertionVerifier).verify({ provider, response: field, now });
      const taken = await room.database.transaction((tx) =>
        room.host.resolve(Admissions).login(tx, assertion, { provider, browser: from ?? undefined, now }),
      );
      return taken?.id ?? 'unasked';
    } catch (error) {
      if (error instanceof SamlError) return error.code;
      throw error;
    }
  }
  const response = (provider: SamlProvider, inResponseTo?: string): string =>
    forge({ provider, now: room.now(), inResponseTo }).field;

  it('lets the answer to a request in, once', async () => {
    const { id } = await open();
    const field = response(asked, id);
    expect(await post(field, asked)).to.equal(id);
    expect(await post(field, asked)).to.equal('SAML_REPLAYED');
  });

  it('lets the answer in only from the browser that asked, and that is nothing lost', async () => {
    const { id } = await open();
    const field = response(asked, id);
    expect(await post(field, asked, 'c'.repeat(64))).to.equal('SAML_UNSOLICITED');
    expect(await post(field, asked, null)).to.equal('SAML_UNSOLICITED');
    expect(await post(field, asked)).to.equal(id);
  });

  it('lets a second answer to one request in for nobody', async () => {
    const { id } = await open();
    expect(await post(response(asked, id), asked)).to.equal(id);
    expect(await post(response(asked, id), asked)).to.equal('SAML_UNSOLICITED');
  });

  it('refuses what nobody asked for, unless the connection allows it', async () => {
    expect(await post(response(asked), asked)).to.equal('SAML_UNSOLICITED');
    expect(await post(response(unasked), unasked)).to.equal('unasked');
  });

  it('refuses an answer to a request of nobody, also where unasked ones may come', async () => {
    expect(await post(response(unasked, '_none'), unasked)).to.equal('SAML_UNSOLICITED');
  });

  it('refuses an assertion that answers a logout request', async () => {
    expect(await post(response(asked, (await open('logout')).id), asked)).to.equal('SAML_UNSOLICITED');
  });

  it('makes one session of 100 concurrent replays', async () => {
    const field = response(unasked);
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => post(field, unasked)));
    expect(outcomes.filter((outcome) => outcome === 'unasked')).to.have.length(1);
    expect(outcomes.filter((outcome) => outcome === 'SAML_REPLAYED')).to.have.length(99);
  });

  it('makes one session of 30 concurrent posts of one answer', async () => {
    const { id } = await open();
    const field = response(asked, id);
    const outcomes = await Promise.all(Array.from({ length: 30 }, () => post(field, asked)));
    expect(outcomes.filter((outcome) => outcome === id)).to.have.length(1);
    expect(outcomes.filter((outcome) => outcome === 'SAML_REPLAYED')).to.have.length(29);
  });

  it('lets a logout request in once, and a logout response only to a logout request', async () => {
    const bearer = { provider: asked, browser, now: room.now() };
    const admissions = room.host.resolve(Admissions);
    const verify = (rawQuery: string) =>
      room.host.resolve(LogoutVerifier).verify({ provider: asked, now: room.now(), binding: 'redirect', rawQuery });
    const admit = async (rawQuery: string): Promise<string> => {
      const message = await verify(rawQuery);
      try {
        return await room.database.transaction(async (tx) => {
          if (message.kind === 'response') return (await admissions.logoutResponse(tx, message, bearer)).id;
          await admissions.logoutRequest(tx, message, bearer);
          return 'admitted';
        });
      } catch (error) {
        if (error instanceof SamlError) return error.code;
        throw error;
      }
    };
    const query = forgeLogoutQuery({ provider: asked, now: room.now() });
    expect(await admit(query)).to.equal('admitted');
    expect(await admit(query)).to.equal('SAML_REPLAYED');
    const answer = (inResponseTo: string) =>
      forgeLogoutQuery({ provider: asked, now: room.now(), kind: 'LogoutResponse', inResponseTo });
    const { id } = await open('logout');
    expect(await admit(answer(id))).to.equal(id);
    expect(await admit(answer(id))).to.equal('SAML_UNSOLICITED');
    expect(await admit(answer((await open('login')).id))).to.equal('SAML_UNSOLICITED');
  });
});
