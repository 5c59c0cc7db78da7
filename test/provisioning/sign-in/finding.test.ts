import { expect } from 'chai';
import { sql } from '../../../modules/framework/index.ts';
import { MatchRequests } from '../../../modules/provisioning/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openHost, type ScimHost } from '../host.ts';
import { type Connected, connected } from '../policy/connected.ts';
import { type Door, doorOf } from './door.ts';

onBothEngines('Whom a sign-in means', (engine) => {
  let host: ScimHost;
  let shop: Connected;
  let door: Door;
  let domain: string;
  before(async () => {
    host = await openHost(engine);
  });
  after(() => host.close());
  beforeEach(async () => {
    shop = await connected(host);
    door = doorOf(host, shop);
    domain = `${shop.code}.example`;
  });

  const byEmail = { policy: { linkByEmail: true } };
  const mail = (value: string) => ({ emails: [{ value, type: 'work', primary: true }] });

  describe('among the users of its connection', () => {
    it('is the one of an earlier sign-in, before anybody whom SCIM tells by the identifier', async () => {
      const first = await shop.scim.create({ userName: `${shop.code}-one`, externalId: 'first' });
      expect(await door.signIn('first')).to.include({ userId: first, outcome: 'linked' });
      await shop.scim.patch(first, { op: 'replace', path: 'externalId', value: 'other' });
      await shop.scim.create({ userName: `${shop.code}-two`, externalId: 'first' });
      expect(await door.signIn('first')).to.include({ userId: first, outcome: 'unchanged' });
    });

    it('is the one with this externalId, exactly, before the one with this userName', async () => {
      const byName = await shop.scim.create({ userName: 'E-7', externalId: 'x' });
      const byId = await shop.scim.create({ userName: `${shop.code}-seven`, externalId: 'E-7' });
      expect((await door.signIn('E-7')).userId).to.equal(byId);
      expect((await door.signIn('e-7')).userId).to.equal(byName);
    });

    it('is the one with this userName, in whatever case, and nobody of another connection', async () => {
      const other = await connected(host);
      await other.scim.create({ userName: `same-${shop.code}` });
      const own = await shop.scim.create({ userName: `Same-${shop.code}` });
      expect(await door.signIn(`sAME-${shop.code}`)).to.include({ userId: own, outcome: 'linked' });
    });

    it('is nobody whom SCIM has deleted, by whatever it was known', async () => {
      const id = await shop.scim.create({ ...shop.person('gone'), externalId: 'gone-1' });
      await door.signIn('gone-1');
      await shop.scim.delete(id);
      for (const identifier of ['gone-1', `gone.${shop.code}@example.com`]) {
        const refused = await door.refused(identifier, mail(`gone.${shop.code}@example.com`));
        expect([refused.code, refused.customerId], identifier).to.deep.equal(['DELETED', Number(id)]);
      }
      const elsewhere = await door.refused('gone-1', mail(`elsewhere@${domain}`));
      expect([elsewhere.code, elsewhere.customerId]).to.deep.equal(['DELETED', Number(id)]);
      const { userId } = await door.signIn('by-sign-in');
      await shop.scim.delete(userId);
      expect((await door.refused('by-sign-in', mail(`again@${domain}`))).customerId).to.equal(Number(userId));
    });

    it('is the same person again once SCIM brings that back, or whom SCIM says instead', async () => {
      const id = await shop.scim.create({ ...shop.person('back'), externalId: 'back-1' });
      await door.signIn('back-1');
      await shop.scim.delete(id);
      expect((await shop.scim.post({ ...shop.person('back'), externalId: 'back-1' })).json.id).to.equal(`${id}-1`);
      expect((await door.signIn('back-1')).userId).to.equal(`${id}-1`);
      await shop.scim.delete(`${id}-1`);
      const next = await shop.scim.create({ userName: 'back-1' });
      expect(await door.signIn('back-1')).to.include({ userId: next, outcome: 'linked' });
    });
  });

  describe('by an e-mail address alone', () => {
    it('is nobody, unless the policy says so and the domain is verified', async () => {
      const id = await host.shopper(`sam@${domain}`);
      const before = await shop.customers();
      const none = await door.refused('n-1', mail(`sam@${domain}`));
      expect([none.code, none.customerId]).to.deep.equal(['TAKEN', id]);
      expect((await door.refused('n-1', mail(`sam@${domain}`), byEmail)).code).to.equal('TAKEN');
      await shop.set({ verifiedDomains: ['other.example'] });
      expect((await door.refused('n-1', mail(`sam@${domain}`), byEmail)).code).to.equal('TAKEN');
      expect(await shop.customers()).to.equal(before);
      await shop.set({ verifiedDomains: [domain] });
      expect((await door.refused('n-1', mail(`sam@${domain}`))).code).to.equal('TAKEN');
      const came = await door.signIn('n-1', mail(`SAM@${domain}`), byEmail);
      expect(came).to.include({ customerId: id, outcome: 'adopted', email: `sam@${domain}` });
      expect((await shop.scim.get(`/Users/${id}`)).json.userName).to.equal('n-1');
    });

    it('is a user of the connection that has it, be it one of several', async () => {
      await shop.set({ verifiedDomains: [domain] });
      const emails = [
        { value: `main@${domain}`, type: 'work', primary: true },
        { value: `ann@${domain}`, type: 'home' },
      ];
      const id = await shop.scim.create({ userName: `${shop.code}-ann`, emails });
      const came = await door.signIn('n-2', mail(`ann@${domain}`), byEmail);
      expect(came).to.include({ userId: id, outcome: 'linked' });
      expect(came.disagreements.map(({ path }) => path)).to.deep.equal(['userName', 'emails[primary].value']);
    });

    it('is nobody where several have it, or where it is told by another identifier already', async () => {
      await shop.set({ verifiedDomains: [domain] });
      await shop.scim.create({ userName: `${shop.code}-a`, ...mail(`a@${domain}`) });
      const twice = [
        { value: `b@${domain}`, type: 'work', primary: true },
        { value: `a@${domain}`, type: 'home' },
      ];
      await shop.scim.create({ userName: `${shop.code}-b`, emails: twice });
      expect((await door.refused('n-3', mail(`a@${domain}`), byEmail)).code).to.equal('AMBIGUOUS');
      await door.signIn('n-4', mail(`b@${domain}`), byEmail);
      const recycled = await door.refused('n-5', mail(`b@${domain}`), byEmail);
      expect(recycled.code).to.equal('ALREADY_LINKED');
      expect(recycled.message).to.contain('saml:unlink');
      expect((await door.signIn('N-4', mail(`b@${domain}`), byEmail)).outcome).to.equal('linked');
    });

    it('is no customer whom another connection manages', async () => {
      const other = await connected(host);
      await other.scim.create({ userName: `${shop.code}-o`, ...mail(`o@${domain}`) });
      await shop.set({ verifiedDomains: [domain] });
      expect((await door.refused('n-6', mail(`o@${domain}`), byEmail)).code).to.equal('TAKEN');
    });
  });

  describe('among the customers that nobody manages', () => {
    it('is taken over as the match policy says', async () => {
      const id = await host.shopper(`ask@${domain}`);
      await shop.set({ verifiedDomains: [domain] }, { match: 'refuse' });
      const refused = await door.refused('m-1', mail(`ask@${domain}`), byEmail);
      expect([refused.code, refused.customerId]).to.deep.equal(['MATCH_REFUSED', id]);
      await shop.set({}, { match: 'ask' });
      const asked = await door.refused('m-1', mail(`ask@${domain}`), byEmail);
      expect([asked.code, asked.customerId]).to.deep.equal(['MATCH_PENDING', id]);
      const requests = host.host.resolve(MatchRequests);
      const { id: connectionId } = await shop.connection();
      const [waiting] = await requests.list(host.database, { connectionId, state: 'pending' });
      expect(waiting).to.include({ customerId: id, userName: 'm-1', matchedBy: 'email' });
      await host.database.transaction((tx) => requests.approve(tx, Number(waiting?.id), 'anna', host.now()));
      expect(await door.signIn('m-1', mail(`ask@${domain}`), byEmail)).to.include({ outcome: 'adopted' });
    });

    it('is nobody who is locked out or protected', async () => {
      await shop.set({ verifiedDomains: [domain] });
      const locked = await host.shopper(`locked@${domain}`, { is_active: 0 });
      expect((await door.refused('m-2', mail(`locked@${domain}`), byEmail)).code).to.equal('INACTIVE');
      const kept = await host.shopper(`kept@${domain}`);
      await host.database.run(
        sql`INSERT INTO {vestibule_protected_customer} (customer_id, protected_at, protected_by) VALUES (${kept}, ${'2024-01-01 00:00:00'}, ${'anna'})`,
      );
      expect((await door.refused('m-3', mail(`kept@${domain}`), byEmail)).code).to.equal('PROTECTED');
      expect(
        await host.rows(sql`SELECT customer_id FROM {vestibule_user} WHERE customer_id IN (${locked}, ${kept})`),
      ).to.deep.equal([]);
    });
  });
});
