import { appendFile, readFile, stat } from 'node:fs/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { sql } from '../../modules/framework/index.ts';
import transfer from '../../modules/transfer/module.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type Imported, openTransferRoom, type TransferRoom } from './transfer-room.ts';

const head = 'email,_website,firstname,lastname';
/** Thrown where a process would have been killed: after a commit, before the next one. */
class Killed extends Error {}

onBothEngines('customer:import and customer:export', (engine) => {
  let room: TransferRoom;
  before(async () => {
    room = await openTransferRoom(engine);
  });
  beforeEach(() => room.clear());
  after(() => room.close());

  describe('an import that is interrupted', () => {
    const rows = Array.from({ length: 10 }, (_, at) => `c${at}@x.io,base,C,${at % 4 === 1 ? '' : at}`);
    const options = { batch: 3 };
    const killedAfter = (batches: number) => {
      let done = 0;
      return {
        progressed() {
          done += 1;
          if (done === batches) throw new Killed();
        },
      };
    };
    const emails = async (): Promise<readonly string[]> =>
      (await room.database.all<{ email: string }>(sql`SELECT email FROM {customer_entity} ORDER BY entity_id`)).map(
        ({ email }) => email,
      );

    it('goes on after the last batch that was committed, and does nothing twice', async () => {
      const errors = room.path('errors.csv');
      const file = await room.put('ten.csv', [head, ...rows].join('\n'));
      const killed = await room.import(file, { ...options, errors }, killedAfter(2)).catch((error: unknown) => error);
      expect(killed).to.be.instanceOf(Killed);
      expect(await emails()).to.deep.equal(['c0@x.io', 'c2@x.io', 'c3@x.io', 'c4@x.io']);
      // It was killed while the third batch wrote its errors: the commit never came.
      await appendFile(errors, '"half a line",'.repeat(50));

      const { result, plans, notices } = await room.import(file, { ...options, errors });
      expect(notices).to.deep.equal(['Going on after customer 6, where it was interrupted.']);
      expect(plans.map((plan) => (plan.kind === 'create' ? plan.wanted.email : plan.kind))).to.deep.equal([
        'c6@x.io',
        'c7@x.io',
        'c8@x.io',
        'failed',
      ]);
      expect(result).to.deep.include({ resumed: true, records: 10, created: 7, failed: 3 });
      const failed = (await readFile(errors, 'utf8')).trim().split('\r\n');
      expect(failed.map((line) => line.split(',')[0])).to.deep.equal([
        '"email"',
        '"c1@x.io"',
        '"c5@x.io"',
        '"c9@x.io"',
      ]);
      const records = await room.activities.recent(room.database, { limit: 1000 });
      for (const email of await emails())
        expect(
          records.filter(({ subject, operation }) => subject === email && operation === 'customer.create'),
        ).to.have.length(1);

      // Done is done: the same file is a new import.
      expect((await room.import(file, { ...options, errors })).result).to.deep.include({
        resumed: false,
        unchanged: 7,
        created: 0,
      });
    });

    it('knows on going on which customers the part before held', async () => {
      const file = await room.put('twice.csv', [head, ...rows.slice(2, 5), 'C2@x.io,base,C,Other'].join('\n'));
      await room.import(file, options, killedAfter(1)).catch(() => {});
      const { result } = await room.import(file, options);
      expect(result.faults.map(({ line, message }) => [line, message])).to.deep.equal([
        [5, 'The customer stands in line 2 already. Keep one of the two rows.'],
      ]);
    });

    it('begins anew with --restart, with other wishes, or when the file has changed', async () => {
      const file = await room.put('anew.csv', [head, ...rows.slice(2, 5)].join('\n'));
      const interrupted = () => room.import(file, { ...options, batch: 1 }, killedAfter(1)).catch(() => {});
      await interrupted();
      expect((await room.import(file, { ...options, only: 'update' })).result).to.include({
        resumed: false,
        records: 3,
      });
      expect((await room.import(file, { ...options, restart: true })).result).to.include({
        resumed: false,
        unchanged: 1,
      });
      await room.clear();
      await interrupted();
      await room.put('anew.csv', [head, ...rows.slice(2, 6)].join('\n'));
      expect((await room.import(file, options)).result).to.include({ resumed: false, unchanged: 1, created: 2 });
    });

    it('stops, with nothing written, when another process has taken it over', async () => {
      const file = await room.put('both.csv', [head, ...rows.filter((_, at) => at % 4 !== 1)].join('\n'));
      let second: Promise<Imported> | undefined;
      const overtaken = await room
        .import(
          file,
          { batch: 2 },
          {
            async progressed() {
              second ??= room.import(file, { batch: 2 });
              await second;
            },
          },
        )
        .catch((error: unknown) => error);
      expect(overtaken).to.include({ code: 'IMPORT_OVERTAKEN' });
      expect((await second)?.result).to.include({ resumed: true, records: 7, created: 7 });
      expect(await emails()).to.have.length(7);
    });
  });

  describe('an export', () => {
    const text = async (options: Readonly<Record<string, unknown>>): Promise<string> => {
      const pieces: string[] = [];
      await room.run('customer:export', { output: '-', ...options }, { write: (piece) => void pieces.push(piece) });
      return pieces.join('');
    };
    const lines = async (options: Readonly<Record<string, unknown>>) => (await text(options)).trimEnd().split('\r\n');

    it("has Magento's columns alone when it is for Magento, and Magento's guard", async () => {
      const tier = (await room.attributes.optionId(room.database, 'tier', 'Gold, large')) ?? null;
      await room.create({
        attributes: { email: 'ada@example.com', firstname: '=1', vip: 1, tier, member_since: '2020-02-29' },
        address: { telephone: '+1', street: 'W', city: 'C' },
      });
      const [names, row] = await lines({ columns: ['magento'] });
      expect(names?.replaceAll('"', '').split(',')).to.deep.equal([
        ...'email,_website,_store,confirmation,created_at,created_in,disable_auto_group_change,dob,firstname,gender,group_id,lastname,middlename,prefix,suffix,taxvat'.split(
          ',',
        ),
        ...'tier,likes,vip,member_since,score,remark'.split(','),
        ...'city,company,country_id,fax,firstname,lastname,middlename,postcode,prefix,region,street,suffix,telephone,vat_id'
          .split(',')
          .map((code) => `_address_${code}`),
        '_address_default_billing_',
        '_address_default_shipping_',
      ]);
      expect(row)
        .to.match(/^"ada@example.com","base","default",/)
        .and.include('" =1"')
        .and.include('" +1"');
      expect(row).to.include('"Gold, large","","Yes","2020-02-29"');
    });

    it('takes the columns, the website and the span that were asked for', async () => {
      const { id } = await room.create(
        { attributes: { email: 'a@x.io', lastname: "'=A" } },
        new Date('2024-05-06T12:00:00Z'),
      );
      await room.create({ attributes: { email: 'b@x.io', lastname: 'B' } }, new Date('2024-05-07T12:00:00Z'));
      expect(await lines({ columns: ['entity_id, lastname', 'email'] })).to.include(`"${id}","''=A","a@x.io"`);
      expect(await lines({ columns: ['email'], since: '2024-05-06T12:00:01' })).to.deep.equal(['"email"', '"b@x.io"']);
      expect(await lines({ columns: ['email'], website: 'base' })).to.have.length(3);
      const refusals = [
        { website: 'x' },
        { columns: ['shoe'] },
        { since: 'ever' },
        { columns: ['_address_city'] },
        { columns: ['password_hash'] },
      ];
      for (const options of refusals)
        expect(await text(options).catch((error: unknown) => error), JSON.stringify(options)).to.be.instanceOf(Error);
    });

    it('never has a password hash that was not asked for, and is read by its owner alone', async () => {
      const { id } = await room.create({ attributes: { email: 'a@x.io' } });
      const hash = await room.passwords.hash('Correct1horse');
      await room.transaction((tx) => room.passwords.set(tx, id, hash, new Date()));
      for (const columns of [[], ['all'], ['magento']]) expect(await text({ columns })).not.to.match(/hash|:3_/);
      const told: string[] = [];
      const output = room.path('hashes.csv');
      await room.run(
        'customer:export',
        { output, 'with-password-hashes': true },
        { tell: (piece) => void told.push(piece) },
      );
      expect(told.join('')).to.match(/^The file will hold password hashes/);
      expect(await readFile(output, 'utf8')).to.include(`"${hash}"`);
      expect((await stat(output)).mode & 0o777).to.equal(0o600);
    });

    it('reads with as many statements for a page of customers as for one', async () => {
      const counted = async () => {
        room.statements.reset();
        await text({});
        return room.statements.statements.length;
      };
      await room.create({ address: { street: 'W' } });
      const one = await counted();
      for (let at = 0; at < 20; at++) await room.create({ address: { street: 'W' } });
      expect(await counted()).to.equal(one);
    });
  });

  it('brings every customer to an empty store as it was, by CSV and by JSON lines', async () => {
    const word = fc.stringMatching(/^[A-Za-zäß'=,;"+ -]{0,8}[a-z]$/);
    const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
    const options = async (code: string) =>
      (await room.attributes.byCode(room.database, code))?.options.map(({ id }) => id) ?? [];
    const address = fc.record({
      street: fc.constantFrom('', 'Way 1', 'Way 1\nFloor "2"', '=1+1'),
      city: word,
      country_id: fc.constantFrom('US', 'DE', 'FR'),
      region: fc.constantFrom('Texas', 'Bayern', 'Nowhere'),
      telephone: fc.constantFrom('+1 512', '0', ''),
      company: maybe(word),
      vat_id: maybe(word),
    });
    const likes = await options('likes');
    const person = fc.record({
      attributes: fc.record({
        firstname: word,
        lastname: word,
        middlename: maybe(word),
        taxvat: maybe(word),
        prefix: maybe(word),
        remark: maybe(word),
        dob: maybe(fc.constantFrom('1815-12-10', '2001-02-28')),
        gender: maybe(fc.constantFrom(1, 2, 3)),
        group_id: fc.constantFrom(1, 2, 3),
        disable_auto_group_change: fc.constantFrom(0, 1),
        tier: maybe(fc.constantFrom(...(await options('tier')))),
        likes: maybe(fc.subarray(likes, { minLength: 1 }).map((ids) => ids.join(','))),
        vip: maybe(fc.constantFrom(0, 1)),
        member_since: maybe(fc.constantFrom('2020-02-29 00:00:00', '2020-02-29 13:14:15')),
        score: maybe(fc.constantFrom('1.5000', '-0.0001')),
      }),
      addresses: fc.array(
        fc.record({ attributes: address, defaultBilling: fc.boolean(), defaultShipping: fc.boolean() }),
        { maxLength: 3 },
      ),
      createdAt: fc.constantFrom('2001-02-03 04:05:06', '2024-12-31 23:59:59'),
      subscription: fc.constantFrom('never', 'subscribed', 'unsubscribed'),
    });
    const now = new Date('2026-01-01T00:00:00Z');
    const snapshot = async () => {
      const rows = [];
      const { columns, hydrate } = await room.customers.selection(room.database);
      for (const row of await room.database.all(sql`SELECT ${columns} FROM {customer_entity} c ORDER BY c.email`)) {
        const state = hydrate(row);
        const { updated_at, default_billing, default_shipping, session_cutoff, ...attributes } = state.attributes;
        const addresses = (await room.customers.addresses(room.database, state)).map(
          ({ id, attributes: { created_at, updated_at, ...of }, ...flags }) => ({ ...of, ...flags }),
        );
        rows.push({ attributes, addresses, subscribed: (await room.newsletter.status(room.database, state)) === 1 });
      }
      return rows;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('csv', 'jsonl'),
        async (people, format) => {
          await room.clear();
          await room.transaction(async (tx) => {
            for (const [at, { attributes, addresses, createdAt, subscription }] of people.entries()) {
              let state = await room.customers.createState(
                tx,
                { websiteId: 1, createdAt, attributes: { ...attributes, email: `p${at}@x.io` } },
                now,
              );
              for (const one of addresses) state = await room.customers.saveAddress(tx, state, one, now);
              if (subscription !== 'never') await room.newsletter.subscribe(tx, state, now);
              if (subscription === 'unsubscribed') await room.newsletter.unsubscribe(tx, state, now);
            }
          });
          const before = await snapshot();
          const output = room.path(`all.${format}`);
          await room.run('customer:export', { output });
          expect((await room.import(output)).result, 'over itself').to.include({ unchanged: people.length });
          await room.clear();
          expect((await room.import(output, { batch: 2 })).result.faults).to.deep.equal([]);
          expect(await snapshot()).to.deep.equal(before);
        },
      ),
      { numRuns: 6 },
    );
  });

  it('answers counts, and 1 when rows failed', async () => {
    const command = transfer.commands?.find(({ name }) => name === 'customer:import');
    const file = await room.put('c.csv', `${head}\na@x.io,base,A,B\nb,base,B,B\n`);
    const told: string[] = [];
    const result = await room.run('customer:import', { file }, { tell: (piece) => void told.push(piece) });
    expect(command?.exitCode(result)).to.equal(1);
    expect(command?.print(result, {})).to.equal('2 customers: 1 created, 1 failed.');
    expect(told.join('')).to.equal(
      'line 3, email: "b" is no e-mail address. Write one such as ada@example.com.\n1 of the file\'s customers failed. Give --errors errors.csv to get them as a file that can be corrected and imported.\n',
    );
    expect(command?.exitCode({ failed: 0 })).to.equal(0);
    expect(await room.run('customer:import', { file, errors: file }).catch((error: unknown) => error)).to.include({
      name: 'UsageError',
    });
  });
});
