import { expect } from 'chai';
import { Connections, Tokens } from '../../modules/connection/index.ts';
import { ApiAccounts } from '../../modules/store-api/index.ts';
import { importer, request } from './importer.ts';
import type { Stage } from './stage.ts';

/** Who comes in, and how far. */
export function doorFacts(stage: () => Stage): void {
  describe('lets in', () => {
    it('whoever brings the access token of an account, in X-Auth-Token and to its own store', async () => {
      const { api, room, token } = stage();
      const at = (hash: string) => `${room.url}/stores/${hash}/v3/customers`;
      const statusOf = async (hash: string, given: string | undefined) =>
        (await request(at(hash), given, 'GET')).status;
      expect(await statusOf(api.hash, api.token)).to.equal(200);
      expect(await statusOf(api.hash, undefined)).to.equal(401);
      expect(await statusOf(api.hash, 'nonsense')).to.equal(401);
      expect(await statusOf(api.hash, token), 'a token for SCIM').to.equal(403);
      expect(await statusOf('abcdefghij', api.token)).to.equal(404);
      const bearer = await fetch(at(api.hash), { headers: { Authorization: `Bearer ${api.token}` } });
      expect(bearer.status).to.equal(401);
      const refused = (await bearer.json()) as { instance: string };
      expect(refused).to.have.all.keys('status', 'title', 'type', 'instance', 'errors');
      expect(refused.instance).to.equal(bearer.headers.get('x-request-id'));
    });

    it('nobody to what the scopes of the account, or a pause of the connection, do not allow', async () => {
      const { room } = stage();
      const hooks = await importer(room, 'hooks-only', { scopes: ['store:hooks'] });
      const refused = await hooks.get('/customers');
      expect([refused.status, refused.json.title]).to.satisfy(
        ([status, title]: [number, string]) => status === 403 && title.includes('"store:customers"'),
      );
      const [record] = await room.records();
      expect([record?.operation, record?.requestId]).to.deep.equal(['store.customers', refused.json.instance]);
      expect((await hooks.get('/hooks')).status).to.equal(200);
      const connections = room.host.resolve(Connections);
      await room.database.transaction((tx) => connections.change(tx, 'hooks-only', { active: false }));
      room.advance(6);
      expect((await hooks.get('/hooks')).json.title).to.contain('is paused');
      const scim = await importer(room, 'no-scim', { policy: { scim: false } });
      expect((await scim.get('/customers')).status, 'SCIM off is about SCIM').to.equal(200);
    });

    it('an account no longer once it is revoked, and two of a connection at most, beside those of SCIM', async () => {
      const { room } = stage();
      const first = await importer(room, 'revoked');
      const second = await importer(room, 'revoked');
      const third = await importer(room, 'revoked').catch((error: unknown) => String(error));
      expect(third).to.contain('has 2 active API accounts already');
      const [accounts, connections] = [room.host.resolve(ApiAccounts), room.host.resolve(Connections)];
      const connection = await connections.byCode(room.database, 'revoked');
      await room.database.transaction((tx) =>
        room.host.resolve(Tokens).issue(tx, connection, { name: 'scim' }, room.now()),
      );
      expect((await accounts.list(room.database, connection.id)).map(({ publicId }) => publicId)).to.have.members([
        first.clientId,
        second.clientId,
      ]);
      await room.database.transaction((tx) => accounts.revoke(tx, first.clientId, room.now()));
      room.advance(6);
      expect((await first.get('/customers')).status).to.equal(401);
      expect((await second.get('/customers')).status).to.equal(200);
    });

    it('nobody where there is nothing, nor by another method', async () => {
      const { api } = stage();
      expect((await api.get('/orders')).status).to.equal(404);
      expect((await api.get('/customers/7')).status).to.equal(404);
      const odd = await api.delete('/customers/validate-credentials');
      expect([odd.status, odd.headers.get('Allow')]).to.deep.equal([405, 'POST']);
    });
  });
}
