import { expect } from 'chai';
import type { MappingRow } from '../../../modules/attribute-mapping/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import { type MappedHost, openMappedHost } from './mapped-host.ts';

type Value = string | null;
type Rule = Required<Pick<MappingRow, 'apply' | 'onNull'>> & {
  readonly direction: MappingRow['direction'] | undefined;
  readonly locked: boolean;
};

/** What a target begins with, what stands for "nothing" of it, and what `undefined` as direction means. */
interface Place {
  readonly target: string;
  /** Where the provider says it. */
  readonly sent: (value: Value) => object;
  readonly shown: (user: Record<string, unknown>) => unknown;
  /** Two values that are sent, one that the store makes of it, and the default of the rule. */
  readonly values: readonly [string, string, string, string];
  /** What the store has where nobody says anything. */
  readonly initial: Value;
  readonly usually: 'in' | 'both';
}

const plain = (target: string, source: string): Place => ({
  target,
  sent: (value) => (value === null ? {} : { [source]: value }),
  shown: (user) => user[source] ?? null,
  values: ['Anna', 'Berta', 'Clara', 'Dora'],
  initial: null,
  usually: 'both',
});

const places: readonly Place[] = [
  plain('middlename', 'nickName'),
  plain('job_title', 'title'),
  { ...plain('gender', 'profileUrl'), values: ['Female', 'Male', 'Not Specified', 'Male'] },
  {
    ...plain('address.city', ''),
    sent: (value) => ({
      addresses: [{ type: 'work', streetAddress: 'Main St', ...(value === null ? {} : { locality: value }) }],
    }),
    shown: (user) => (user.addresses as { locality?: string }[] | undefined)?.[0]?.locality ?? null,
  },
  {
    ...plain('group', 'userType'),
    values: ['Wholesale', 'Retailer', 'Third', 'Retailer'],
    initial: 'General',
    usually: 'in',
  },
];

const rules: readonly Rule[] = (['always', 'create', 'if-empty'] as const).flatMap((apply) =>
  (['clear', 'keep', 'default'] as const).flatMap((onNull) =>
    ([undefined, 'in', 'out', 'both'] as const).flatMap((direction) =>
      [false, ...(apply === 'always' ? [true] : [])].map((locked) => ({ apply, onNull, direction, locked })),
    ),
  ),
);

/** What README and the language of mappings say, as a model: one value in the store, and what was written of it. */
class Model {
  row: Value;
  private written: Value = null;
  private document: Value = null;
  private readonly place: Place;
  private readonly rule: Rule;
  constructor(place: Place, rule: Rule) {
    this.place = place;
    this.rule = rule;
    this.row = place.initial;
  }
  private get direction(): 'in' | 'out' | 'both' {
    return this.rule.direction ?? this.place.usually;
  }
  /** A POST, or a PUT. */
  say(value: Value, first: boolean): void {
    this.document = value;
    if (this.direction === 'out') return;
    const { apply, onNull, locked } = this.rule;
    const wanted = value ?? (onNull === 'default' ? this.place.values[3] : null);
    if (!first) {
      if (apply === 'create' || (apply === 'if-empty' && this.row !== null)) return;
      if (wanted === null && (onNull === 'keep' || (this.written === null && !locked))) return;
    }
    this.row = wanted ?? this.place.initial;
    this.written = wanted;
  }
  storeSays(value: Value): void {
    this.row = value;
  }
  read(): Value {
    if (this.direction === 'out') return this.row;
    const changed = this.row !== this.written;
    return this.direction === 'both' && changed && !this.rule.locked ? this.row : this.document;
  }
}

onBothEngines('What the store holds of a user, and what is told of it', (engine) => {
  let host: MappedHost;
  before(async () => {
    host = await openMappedHost(engine);
    await host.database.run(
      sql`INSERT INTO {customer_group} (customer_group_id, customer_group_code, tax_class_id) VALUES (40, 'Third', 3)`,
    );
  });
  after(() => host.close());

  const genders = [null, 'Male', 'Female', 'Not Specified'];
  /** The values in the store, by target. */
  async function stored(id: string): Promise<Record<string, Value>> {
    const row = await host.row<Record<string, Value>>(
      sql`SELECT c.middlename, c.gender, g.customer_group_code AS grp, a.city FROM {customer_entity} c JOIN {customer_group} g ON g.customer_group_id = c.group_id LEFT JOIN {customer_address_entity} a ON a.entity_id = c.default_billing WHERE c.entity_id = ${Number(id)}`,
    );
    return {
      middlename: row.middlename || null,
      job_title: (await host.eav(id)).job_title || null,
      gender: genders[Number(row.gender ?? 0)] ?? null,
      'address.city': row.city || null,
      group: row.grp ?? null,
    };
  }
  /** What an administrator does to every one of them. */
  async function change(id: string): Promise<void> {
    const key = Number(id);
    await host.database.run(
      sql`UPDATE {customer_entity} SET middlename = 'Clara', gender = 3, group_id = 40 WHERE entity_id = ${key}`,
    );
    await host.database.run(sql`UPDATE {customer_address_entity} SET city = 'Clara' WHERE parent_id = ${key}`);
    const attribute = sql`(SELECT attribute_id FROM {eav_attribute} WHERE attribute_code = 'job_title')`;
    await host.database.run(
      sql`DELETE FROM {customer_entity_varchar} WHERE entity_id = ${key} AND attribute_id = ${attribute}`,
    );
    await host.database.run(
      sql`INSERT INTO {customer_entity_varchar} (attribute_id, entity_id, value) VALUES (${attribute}, ${key}, 'Clara')`,
    );
  }

  // A few of them each in `npm test`, all of them in a campaign.
  const chosen = rules.filter((_, at) => runs(1) > 1 || at % 7 === (engine.name === 'sqlite' ? 0 : 3));
  for (const rule of chosen)
    it(`is as the rule says: ${JSON.stringify(rule)}`, async () => {
      const { direction, apply, onNull, locked } = rule;
      const rows = places.map(({ target, values }): MappingRow => {
        const source = { middlename: 'nickName', job_title: 'title', gender: 'profileUrl', group: 'userType' }[target];
        return {
          id: target,
          type: 'direct',
          source: source ?? 'addresses[main].locality',
          target,
          apply,
          onNull,
          ...(onNull === 'default' ? { default: values[3] } : {}),
          ...(direction === undefined ? {} : { direction }),
          ...(locked ? { locked } : {}),
        };
      });
      const street: MappingRow = {
        id: 'street',
        type: 'direct',
        source: 'addresses[main].streetAddress',
        target: 'address.street',
      };
      const scim = await host.mapped([...rows, street]);
      // What somebody says, step by step: a value by its number, nothing, or the store's word.
      for (const steps of [
        [0, 1, null, 'store', 1, null],
        [null, 0, 'store', null],
      ] as const) {
        const models = places.map((place) => new Model(place, rule));
        const user = scim.user();
        let id = '';
        let last: Record<string, unknown> = {};
        for (const [at, step] of steps.entries()) {
          const told = [rule, steps.slice(0, at + 1)].map((one) => JSON.stringify(one)).join(' ');
          if (step === 'store') {
            await change(id);
            for (const [n, place] of places.entries()) models[n]?.storeSays(place.values[2]);
          } else {
            const says = (place: Place): Value => (step === null ? null : place.values[step]);
            const body = Object.assign({ ...user }, ...places.map((place) => place.sent(says(place))));
            last = body;
            if (id === '') id = await scim.create(body);
            else expect((await scim.put(id, body)).status, told).to.equal(200);
            for (const [n, place] of places.entries()) models[n]?.say(says(place), at === 0);
          }
          expect(await stored(id), told).to.deep.equal(
            Object.fromEntries(places.map(({ target }, n) => [target, models[n]?.row ?? null])),
          );
          const { json } = await scim.get(`/Users/${id}`);
          const shown = places.map(({ target, shown: read }) => [
            target,
            read(json as unknown as Record<string, unknown>),
          ]);
          expect(Object.fromEntries(shown), told).to.deep.equal(
            Object.fromEntries(places.map(({ target }, n) => [target, models[n]?.read() ?? null])),
          );
        }
        // The same again is nothing new.
        expect((await scim.put(id, last)).status).to.equal(200);
        expect((await host.records())[0], JSON.stringify([rule, steps])).to.include({ outcome: 'unchanged' });
      }
    });
});
