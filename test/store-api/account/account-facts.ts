import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import { sqlTimestamp } from '../../../modules/framework/index.ts';
import { adminClient } from '../../setup/administration.ts';
import { request } from '../importer.ts';
import { granted, type Stage } from '../stage.ts';

/** API accounts over the admin API. */
export function accountFacts(stage: () => Stage): void {
  describe('has accounts that an administrator', () => {
    const path = '/connections/accounted/api-accounts';

    it('makes, lists without their credentials, and revokes', async () => {
      const { room } = stage();
      const admin = adminClient(room.url);
      const connections = room.host.resolve(Connections);
      await room.database.transaction((tx) =>
        connections.create(tx, { code: 'accounted', name: 'accounted', websiteId: 1 }, room.now()),
      );
      const made = await admin.send('POST', path, { name: 'importer', scopes: ['store:hooks'], expires: '30d' });
      expect([made.status, made.headers.get('cache-control')]).to.deep.equal([201, 'no-store']);
      const { clientId, accessToken, apiPath, file } = made.json;
      expect(file).to.contain(`ACCESS TOKEN: ${accessToken}`).and.contain(`API PATH: ${apiPath}`);
      const hooks = `${room.url}${new URL(apiPath).pathname}hooks`;
      expect((await request(hooks, accessToken, 'GET')).status).to.equal(200);
      const listed = await admin.get(path);
      expect(listed.json.accounts[0]).to.include({
        clientId,
        state: 'active',
        expiresAt: sqlTimestamp(new Date(room.now().getTime() + 30 * 86_400_000)),
      });
      expect(JSON.stringify(listed.json)).to.not.contain(accessToken);
      const revoked = await admin.send('POST', `${path}/${clientId}/revoke`);
      expect([revoked.status, revoked.json.state]).to.deep.equal([200, 'revoked']);
      room.advance(6);
      expect((await request(hooks, accessToken, 'GET')).status).to.equal(401);
    });

    it('may manage, of this connection, and describes as it should', async () => {
      const { room, api } = stage();
      const admin = adminClient(room.url);
      expect((await admin.send('POST', `${path}/${api.clientId}/revoke`)).status, 'of another connection').to.equal(
        404,
      );
      expect((await api.get('/customers')).status).to.equal(200);
      for (const body of [{}, { name: 'x', scopes: ['users:read'] }, { name: 'x', expires: 'soon' }, { nom: 'x' }])
        expect((await admin.send('POST', path, body)).status, JSON.stringify(body)).to.equal(400);
      expect((await admin.send('POST', '/connections/none/api-accounts', { name: 'x' })).status).to.equal(404);
      granted.delete('store-api::manage');
      expect((await admin.send('POST', path, { name: 'x' })).status).to.equal(403);
      expect((await admin.get(path)).status).to.equal(200);
      granted.add('store-api::manage');
    });
  });
}
