import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import type { Stage } from './stage.ts';

/** `/customers/validate-credentials` with Magento's lock-out, which this host's configuration has at two failures. */
export function credentialFacts(stage: () => Stage): void {
  describe('checks passwords', () => {
    const email = 'pass@bc.example';
    const check = async (password: string, whose = email) => {
      const { status, json } = await stage().api.post('/customers/validate-credentials', { email: whose, password });
      return [status, json];
    };
    const no = [200, { is_valid: false, customer_id: null }];
    const failures = async (id: number) => {
      const { room } = stage();
      const { failures_num: n, lock_expires: until } = await room.row<{ failures_num: number; lock_expires: unknown }>(
        sql`SELECT failures_num, CAST(lock_expires AS CHAR) AS lock_expires FROM {customer_entity} WHERE entity_id = ${id}`,
      );
      return [n, until];
    };
    let id = 0;

    it('of the website’s customers, and tells nobody what was wrong', async () => {
      const { api, policy } = stage();
      await policy({ passwords: true });
      const authentication = { new_password: 'Right-Horse-9' };
      const made = await api.post('/customers', [{ email, first_name: 'P', last_name: 'W', authentication }]);
      id = made.json.data[0].id;
      expect(await check('Right-Horse-9')).to.deep.equal([200, { is_valid: true, customer_id: id }]);
      expect(await check('Right-Horse-9', 'nobody@bc.example')).to.deep.equal(no);
      expect(await check('wrong')).to.deep.equal(no);
      expect(await failures(id)).to.deep.equal([1, null]);
      expect(await check('Right-Horse-9')).to.deep.equal([200, { is_valid: true, customer_id: id }]);
      expect(await failures(id)).to.deep.equal([0, null]);
    });

    it('and locks the account as Magento does, for as long', async () => {
      const { room } = stage();
      expect(await check('wrong')).to.deep.equal(no);
      expect(await check('wrong')).to.deep.equal(no);
      const until = new Date(room.now().getTime() + 600_000).toISOString().slice(0, 19).replace('T', ' ');
      expect(await failures(id)).to.deep.equal([2, until]);
      expect(await check('Right-Horse-9')).to.deep.equal(no);
      expect(await failures(id), 'who is locked is not counted').to.deep.equal([2, until]);
      const grid = await room.row(sql`SELECT lock_expires FROM {customer_grid_flat} WHERE entity_id = ${id}`);
      expect(grid.lock_expires).to.not.equal(null);
      room.advance(601);
      expect(await check('wrong')).to.deep.equal(no);
      expect(await failures(id), 'a new count').to.deep.equal([1, null]);
      expect(await check('Right-Horse-9')).to.deep.equal([200, { is_valid: true, customer_id: id }]);
    });

    it('not of whom the provider deactivated', async () => {
      const { api } = stage();
      await api.put('/customers', [{ id, is_active: false }]);
      expect(await check('Right-Horse-9')).to.deep.equal(no);
      expect((await api.post('/customers/validate-credentials', { email })).status).to.equal(422);
    });
  });
}
