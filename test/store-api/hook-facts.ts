import { expect } from 'chai';
import { Webhooks } from '../../modules/webhook/index.ts';
import { importer } from './importer.ts';
import type { Stage } from './stage.ts';

const hook = {
  scope: 'store/customer/*',
  destination: 'https://login.xecurify.example/webhook/{customerId}',
  headers: { 'app-secret': 'S3cret' },
  is_active: true,
};

/** `/hooks`: webhooks of the account's connection. */
export function hookFacts(stage: () => Stage): void {
  describe('keeps webhooks', () => {
    let id = 0;
    it('of the account’s connection, made one at a time, the secret of the header out of sight', async () => {
      const { api, room } = stage();
      const { status, json } = await api.post('/hooks', hook);
      expect(status, JSON.stringify(json)).to.equal(200);
      id = json.data.id;
      expect(json.data).to.include({
        client_id: api.clientId,
        store_hash: api.hash,
        scope: hook.scope,
        is_active: true,
      });
      expect(json.data).to.include({ destination: hook.destination, created_at: room.now().getTime() / 1000 });
      expect(json.data.headers).to.deep.equal({ 'app-secret': '********' });
      expect(json.data.signing_secret).to.match(/^whsec_/);
      const webhooks = room.host.resolve(Webhooks);
      expect((await webhooks.secretsOf(room.database, id)).headers).to.deep.equal(hook.headers);
      expect((await webhooks.find(room.database, id))?.connectionId).to.equal(stage().connectionId);
    });

    it('reads, changes and deletes them; a mask that is sent back keeps the value', async () => {
      const { api, room } = stage();
      const read = (await api.get(`/hooks/${id}`)).json.data;
      expect(read).to.not.have.property('signing_secret');
      const changed = await api.put(`/hooks/${id}`, { ...read, is_active: false, scope: 'store/customer/created' });
      expect(changed.json.data).to.include({ is_active: false, scope: 'store/customer/created' });
      const kept = await room.host.resolve(Webhooks).secretsOf(room.database, id);
      expect(kept.headers).to.deep.equal(hook.headers);
      const list = (await api.get('/hooks?is_active=false')).json;
      expect([list.data.length, list.meta.pagination.total]).to.deep.equal([1, 1]);
      expect((await api.get('/hooks?scope=store/nothing')).json.data).to.deep.equal([]);
      expect((await api.delete(`/hooks/${id}`)).json.data.id).to.equal(id);
      expect((await api.get(`/hooks/${id}`)).status).to.equal(404);
    });

    it('of no other connection', async () => {
      const { api, room } = stage();
      const made = (await api.post('/hooks', hook)).json.data.id;
      const other = await importer(room, 'other-hooks');
      expect((await other.get('/hooks')).json.data).to.deep.equal([]);
      for (const reply of [
        other.get(`/hooks/${made}`),
        other.put(`/hooks/${made}`, hook),
        other.delete(`/hooks/${made}`),
      ])
        expect((await reply).status).to.equal(404);
      expect((await api.get(`/hooks/${made}`)).status).to.equal(200);
    });

    it('and says what is wrong with one', async () => {
      const { api } = stage();
      const fields = async (body: unknown) => {
        const { status, json } = await api.post('/hooks', body);
        return [status, Object.keys(json.errors ?? {})];
      };
      expect(await fields({ ...hook, scope: 'store/weather/*' })).to.deep.equal([422, ['scope']]);
      expect(await fields({ ...hook, destination: 'http://127.0.0.1/' })).to.deep.equal([422, ['destination']]);
      expect(await fields({ ...hook, destination: undefined })).to.deep.equal([422, ['destination']]);
      expect(await fields({ ...hook, headers: { a: 7 } })).to.deep.equal([422, ['headers']]);
      expect(await fields([hook])).to.deep.equal([400, []]);
    });
  });
}
