import { expect } from 'chai';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import { MappingPreview } from '../../../modules/provisioning/index.ts';
import { evaluate, parseFilter, type Resource, userResourceType } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { applied, impactOf } from '../impact/impacted-host.ts';
import { type MappedClient, type MappedHost, openMappedHost } from './mapped-host.ts';

const subscribed = 1;
const notActive = 2;
const unsubscribed = 3;

onBothEngines('A newsletter subscription that a mapping gives', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine, { secondWebsite: true });
  });
  after(() => host.close());

  const row = (more: Partial<MappingRow> = {}): MappingRow =>
    ({
      id: 'news',
      type: 'lookup',
      source: 'userType',
      table: { yes: true, no: false },
      target: 'newsletter',
      ...more,
    }) as MappingRow;
  const status = async (id: string) =>
    (
      await host.rows<{ subscriber_status: number }>(
        sql`SELECT subscriber_status FROM {newsletter_subscriber} WHERE customer_id = ${Number(id)}`,
      )
    ).map(({ subscriber_status }) => subscriber_status);
  const unsubscribe = (id: string) =>
    host.database.run(
      sql`UPDATE {newsletter_subscriber} SET subscriber_status = ${unsubscribed} WHERE customer_id = ${Number(id)}`,
    );

  it('begins with the customer, or not', async () => {
    const scim = await host.mapped([row()]);
    expect(await status(await scim.create(scim.user({ userType: 'yes' })))).to.deep.equal([subscribed]);
    expect(await status(await scim.create(scim.user({ userType: 'no' })))).to.deep.equal([]);
    expect(await status(await scim.create(scim.user()))).to.deep.equal([]);
  });

  it('follows what the provider says anew, and is recorded', async () => {
    const scim = await host.mapped([row()]);
    const user = scim.user({ userType: 'no' });
    const id = await scim.create(user);
    await scim.put(id, { ...user, userType: 'yes' });
    expect(await status(id)).to.deep.equal([subscribed]);
    expect((await host.records())[0]?.changed).to.deep.equal(['newsletter']);
    await scim.put(id, { ...user, userType: 'no' });
    expect(await status(id)).to.deep.equal([unsubscribed]);
  });

  it('is never given back to whoever has unsubscribed, by saying the same again', async () => {
    const scim = await host.mapped([row()]);
    const user = scim.user({ userType: 'yes' });
    const id = await scim.create(user);
    await unsubscribe(id);
    await scim.put(id, { ...user, title: 'Baker' });
    expect(await status(id)).to.deep.equal([unsubscribed]);
  });

  it('ends where it is said no longer, unless the rule keeps it', async () => {
    for (const [onNull, expected] of [
      ['clear', unsubscribed],
      ['keep', subscribed],
    ] as const) {
      const scim = await host.mapped([row({ onNull })]);
      const user = scim.user({ userType: 'yes' });
      const id = await scim.create(user);
      const { userType: _, ...without } = user;
      await scim.put(id, without);
      expect(await status(id)).to.deep.equal([expected]);
    }
  });

  it('follows "create" and "if-empty"', async () => {
    const once = await host.mapped([row({ apply: 'create' })]);
    const user = once.user({ userType: 'yes' });
    const id = await once.create(user);
    await once.put(id, { ...user, userType: 'no' });
    expect(await status(id)).to.deep.equal([subscribed]);

    const ifEmpty = await host.mapped([row({ apply: 'if-empty' })]);
    const other = ifEmpty.user({ userType: 'no' });
    const otherId = await ifEmpty.create(other);
    await ifEmpty.put(otherId, { ...other, userType: 'yes' });
    expect(await status(otherId)).to.deep.equal([subscribed]);
    await ifEmpty.put(otherId, { ...other, userType: 'no' });
    expect(await status(otherId)).to.deep.equal([subscribed]);
  });

  describe('and that is told back', () => {
    const both = (more: Partial<MappingRow> = {}) => row({ direction: 'both', ...more });
    /** What somebody does in the storefront, in a store view of website 1. */
    const setStatus = (id: string | number, value: number) =>
      host.database.run(
        sql`UPDATE {newsletter_subscriber} SET subscriber_status = ${value} WHERE customer_id = ${Number(id)}`,
      );
    const subscribe = (customerId: string | number, store = 1, email = '') =>
      host.database.run(
        sql`INSERT INTO {newsletter_subscriber} (store_id, customer_id, subscriber_email, subscriber_status) VALUES (${store}, ${Number(customerId)}, ${email}, 1)`,
      );
    const read = async (scim: MappedClient, id: string) => (await scim.get(`/Users/${id}`)).json;
    const found = async (scim: MappedClient, filter: string, more = '') => {
      const { status, json, text } = await scim.find(filter, more);
      expect(status, text).to.equal(200);
      return ((json.Resources ?? []) as unknown as { id: string }[]).map(({ id }) => id);
    };
    const lastRecord = async (operation: string, id: string) =>
      (await host.records()).find((one) => one.operation === operation && one.customerId === Number(id));
    const connectionOf = ({ code }: MappedClient) => host.host.resolve(Connections).byCode(host.database, code);

    it('says what was sent until the storefront changes it, then what the store has, under another version', async () => {
      const scim = await host.mapped([both()]);
      const user = scim.user({ userType: 'YES' });
      const id = await scim.create(user);
      const before = await scim.get(`/Users/${id}`);
      expect(before.json.userType).to.equal('YES');
      await unsubscribe(id);
      const after = await scim.get(`/Users/${id}`);
      expect(after.json).to.not.have.property('userType');
      expect(after.headers.get('etag')).to.not.equal(before.headers.get('etag'));
      expect(await found(scim, 'userType eq "yes"')).to.deep.equal([]);
      expect(await found(scim, 'not (userType pr)')).to.deep.equal([id]);
      const stale = { 'if-match': String(before.headers.get('etag')) };
      expect((await scim.send('PUT', `/Users/${id}`, { ...user, title: 'Baker' }, stale)).status).to.equal(412);
      await setStatus(id, subscribed);
      expect((await scim.get(`/Users/${id}`)).headers.get('etag')).to.equal(before.headers.get('etag'));
      expect(await found(scim, 'userType eq "yes"')).to.deep.equal([id]);
    });

    it('says so of whoever has subscribed in the store after saying no, or nothing', async () => {
      const scim = await host.mapped([both()]);
      const [no, nothing] = [await scim.create(scim.user({ userType: 'no' })), await scim.create(scim.user())];
      expect((await read(scim, no)).userType).to.equal('no');
      expect(await read(scim, nothing)).to.not.have.property('userType');
      for (const id of [no, nothing]) {
        await subscribe(id);
        expect((await read(scim, id)).userType).to.equal('yes');
      }
      expect(await found(scim, 'userType eq "yes"')).to.deep.equal([no, nothing]);
      expect(await found(scim, 'userType eq "no"')).to.deep.equal([]);
    });

    it('is told by false where absence would say something else', async () => {
      for (const onNull of ['keep', 'default'] as const) {
        const scim = await host.mapped([both({ onNull, ...(onNull === 'default' ? { default: true } : {}) })]);
        const id = await scim.create(scim.user({ userType: 'yes' }));
        await unsubscribe(id);
        expect((await read(scim, id)).userType).to.equal('no');
        const unsaid = await scim.create(scim.user());
        if (onNull === 'default') await unsubscribe(unsaid);
        expect((await read(scim, unsaid)).userType).to.equal(onNull === 'default' ? 'no' : undefined);
        expect(await found(scim, 'userType eq "no"')).to.deep.equal(onNull === 'default' ? [id, unsaid] : [id]);
      }
    });

    it('is not disturbed by what a read has shown being sent again', async () => {
      const scim = await host.mapped([both()]);
      const id = await scim.create(scim.user({ userType: 'yes' }));
      await setStatus(id, notActive);
      await scim.patch(id, { op: 'replace', path: 'title', value: 'Baker' });
      const { meta: _, ...shown } = (await read(scim, id)) as unknown as Record<string, unknown>;
      expect(shown).to.not.have.property('userType');
      const name = { givenName: 'Augusta', familyName: 'Lovelace' };
      expect((await scim.put(id, { ...shown, name })).status).to.equal(200);
      expect(await status(id)).to.deep.equal([notActive]);
      expect((await lastRecord('user.replace', id))?.changed).to.deep.equal(['firstname']);
      await setStatus(id, subscribed);
      expect((await read(scim, id)).userType).to.equal('yes');
      expect((await scim.patch(id, { op: 'remove', path: 'userType' })).json).to.not.have.property('userType');
      expect(await status(id)).to.deep.equal([unsubscribed]);
      const ended = { attribute: 'newsletter', before: 1, after: 0 };
      expect((await lastRecord('user.patch', id))?.modified).to.deep.include(ended);
    });

    it('stays ended however often the provider says it again, locked or not, and is told as it is', async () => {
      for (const locked of [false, true]) {
        const scim = await host.mapped([both({ locked, onNull: 'keep' })]);
        const user = scim.user({ userType: 'yes' });
        const id = await scim.create(user);
        await unsubscribe(id);
        expect((await scim.put(id, { ...user, title: 'Baker' })).json.userType).to.equal('no');
        expect((await scim.patch(id, { op: 'replace', path: 'userType', value: 'yes' })).json.userType).to.equal('no');
        expect(await status(id)).to.deep.equal([unsubscribed]);
        expect(await found(scim, 'userType eq "no"')).to.deep.equal([id]);
      }
    });

    it('is not ended by a change of something else where one attribute is read and another is told', async () => {
      const scim = await host.mapped([
        row({ id: 'in' }),
        { id: 'out', type: 'direct', source: 'nickName', target: 'newsletter', direction: 'out' },
      ]);
      const id = await scim.create(scim.user({ userType: 'no' }));
      await subscribe(id);
      const { json } = await scim.patch(id, { op: 'replace', path: 'name.givenName', value: 'Augusta' });
      expect([json.userType, json.nickName]).to.deep.equal(['no', 'true']);
      expect(await status(id)).to.deep.equal([subscribed]);
      expect(await found(scim, 'nickName eq "true"')).to.deep.equal([id]);
    });

    it("is a guest's until the provider asks for it, and counts in no other website", async () => {
      const scim = await host.mapped([both()]);
      const user = scim.user();
      const id = await scim.create(user);
      await subscribe(id, 2);
      expect(await read(scim, id)).to.not.have.property('userType');
      await host.database.run(sql`DELETE FROM {newsletter_subscriber} WHERE customer_id = ${Number(id)}`);
      await subscribe(0, 1, `${user.userName}@example.com`);
      expect(await read(scim, id)).to.not.have.property('userType');
      expect((await scim.put(id, { ...user, userType: 'yes' })).json.userType).to.equal('yes');
      expect(await status(id)).to.deep.equal([subscribed]);
      expect((await read(scim, id)).userType).to.equal('yes');
    });

    for (const onNull of ['clear', 'keep'] as const)
      it(`follows the store in reads, pages, filters and sorts where it only goes out (${onNull})`, async () => {
        const scim = await host.mapped([row({ direction: 'out', onNull })]);
        const ids: string[] = [];
        // What is sent has no say.
        for (const userType of ['yes', 'no', undefined, 'else', 'no', undefined, 'yes'])
          ids.push(await scim.create(scim.user(userType === undefined ? {} : { userType })));
        for (const id of ids) expect(await status(id)).to.deep.equal([]);
        const { json: made } = await scim.post(scim.user({ userType: 'yes' }));
        expect(await read(scim, String(made.id))).to.deep.equal(made);
        await scim.delete(String(made.id));
        await Promise.all(ids.slice(2, 6).map((id) => subscribe(id)));
        const page = (await scim.get('/Users?sortBy=id')).json.Resources as unknown as Resource[];
        const no = onNull === 'keep' ? 'no' : undefined;
        expect(page.map(({ userType }) => userType)).to.deep.equal([no, no, 'yes', 'yes', 'yes', 'yes', no]);
        await unsubscribe(String(ids[4]));
        await subscribe(String(ids[0]));
        const told = ['yes', no, 'yes', 'yes', no, 'yes', no];
        const shown = (await scim.get('/Users?sortBy=id')).json.Resources as unknown as Resource[];
        expect(shown.map(({ userType }) => userType)).to.deep.equal(told);
        for (const [i, id] of ids.entries()) expect((await read(scim, id)).userType).to.equal(told[i]);
        for (const text of [
          'userType eq "yes"',
          'userType eq "no"',
          'userType pr',
          'userType ne "yes"',
          'userType gt "o"',
        ]) {
          const filter = parseFilter(text, userResourceType);
          const wanted = shown.filter((one) => evaluate(filter, one)).map((one) => one.id);
          expect(await found(scim, text), text).to.deep.equal(wanted);
        }
        const sorted = (await scim.get('/Users?sortBy=userType&sortOrder=descending')).json.Resources;
        const descending = (sorted as unknown as Resource[]).map(({ userType }) => userType);
        expect(descending.filter((value) => value === 'yes')).to.have.length(4);
        expect(descending.indexOf('yes')).to.equal(onNull === 'keep' ? 0 : 3);
      });

    it('shows of shoppers too, and of those who are taken over', async () => {
      const scim = await host.mapped([both()], { visibility: 'website' });
      const email = `${scim.code}-shopper@example.com`;
      const id = String(await host.shopper(email));
      const shopper = await scim.get(`/Users/${id}`);
      expect(shopper.json).to.not.have.property('userType');
      await subscribe(id);
      expect((await read(scim, id)).userType).to.equal('yes');
      expect(await found(scim, `userName eq "${email}" and userType eq "yes"`)).to.deep.equal([id]);
      const user = { ...scim.user(), userName: email, emails: [{ value: email, type: 'work' }] };
      const stale = { 'if-match': String((shopper.json.meta as { version?: unknown } | undefined)?.version) };
      expect((await scim.send('PUT', `/Users/${id}`, user, stale)).status).to.equal(412);
      expect((await scim.put(id, user)).json.userType).to.equal('yes');
      expect(await status(id)).to.deep.equal([subscribed]);
    });

    it('is there for somebody who comes back', async () => {
      const scim = await host.mapped([both()]);
      const user = scim.user({ userType: 'yes' });
      const id = await scim.create(user);
      await scim.delete(id);
      await unsubscribe(id);
      const again = await scim.post(user);
      expect([again.status, again.json.userType]).to.deep.equal([201, undefined]);
      expect(await status(id)).to.deep.equal([unsubscribed]);
    });

    it('shows in previews and impact runs, and is what these go by', async () => {
      const scim = await host.mapped([both()]);
      const user = scim.user({ userType: 'no' });
      const id = await scim.create(user);
      const preview = async (body: unknown) =>
        host.host.resolve(MappingPreview).preview({ connection: await connectionOf(scim), body });
      const wish = await preview({ ...user, userType: 'yes' });
      expect(wish.difference).to.deep.equal([{ target: 'newsletter', before: 0, after: 1 }]);
      expect(wish.answer).to.include({ userType: 'yes' });
      await subscribe(id);
      const none = await preview({ ...user, userType: 'yes' });
      expect([none.difference, none.present?.newsletter]).to.deep.equal([[], 1]);
      const told = await preview({ ...user, name: { givenName: 'Augusta', familyName: 'Lovelace' } });
      expect(told.difference.map(({ target }) => target)).to.deep.equal(['firstname']);
      expect(told.answer).to.include({ userType: 'yes' });

      await scim.publish([
        { id: 'all', type: 'constant', value: true, target: 'newsletter' },
        row({ direction: 'out' }),
      ]);
      host.advance(5);
      expect((await impactOf(host, scim)).summary).to.include({ total: 1, changes: 0 });
      await unsubscribe(id);
      const { customers } = await impactOf(host, scim);
      expect(customers[0]?.changes).to.deep.equal([{ target: 'newsletter', before: 0, after: 1 }]);
      await applied(host, scim);
      expect(await status(id)).to.deep.equal([subscribed]);
    });

    it('costs no statement more, and where no row goes out nothing is asked', async () => {
      const counted = countStatements(host.database);
      const reads: number[] = [];
      for (const direction of ['in', 'both'] as const) {
        const scim = await host.mapped([row({ direction })]);
        const id = await scim.create(scim.user({ userType: 'yes' }));
        for (let i = 0; i < 5; i++) await scim.create(scim.user());
        for (const path of [`/Users/${id}`, '/Users', '/Users?filter=userType%20eq%20%22yes%22']) {
          await scim.get(path);
          counted.reset();
          expect((await scim.get(path)).status).to.equal(200);
          // What goes on in the background is not the request's.
          const texts = counted.statements.filter((text) => /^SELECT .*vestibule_user/s.test(text));
          expect(
            texts.some((text) => text.includes('newsletter')),
            path,
          ).to.equal(direction === 'both');
          reads.push(texts.length);
        }
      }
      counted.stop();
      expect(reads.slice(3)).to.deep.equal(reads.slice(0, 3));
      expect(reads).to.not.include(0);
    });
  });
});
