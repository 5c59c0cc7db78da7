import { type Database, DatabaseError, raw, type Sql, sql } from '../../../modules/framework/index.ts';

const types = ['datetime', 'decimal', 'int', 'text', 'varchar'] as const;

/** Writes customers by SQL, at random. Whatever it writes is new: nothing ever goes back to what it was. */
export class Writer {
  readonly #random: () => number;
  readonly #store: Database;
  readonly #attributes: readonly number[];
  /** Shared by all writers of a store. */
  readonly #ids: Ids;
  writes = 0;

  constructor(store: Database, attributes: readonly number[], ids: Ids, random: () => number) {
    this.#store = store;
    this.#attributes = attributes;
    this.#ids = ids;
    this.#random = random;
  }

  /** One write, or some of them in a transaction, which is rolled back now and then. */
  async write(): Promise<void> {
    if (this.#random() < 0.8) return this.#run(this.#store, this.#statement());
    const goes = this.#random() < 0.7;
    const statements = Array.from({ length: 1 + this.#below(5) }, () => this.#statement());
    try {
      await this.#store.transaction(async (tx) => {
        for (const statement of statements) await tx.run(statement);
        if (!goes) throw new RolledBack();
      });
      this.writes += statements.length;
    } catch (error) {
      if (!(error instanceof RolledBack) && !isExpected(error)) throw error;
    }
  }

  async #run(db: Database, statement: Sql): Promise<void> {
    try {
      await db.run(statement);
      this.writes++;
    } catch (error) {
      if (!isExpected(error)) throw error;
    }
  }

  #below(n: number): number {
    return Math.floor(this.#random() * n);
  }

  #customer(): number {
    return 1 + this.#below(this.#ids.customer);
  }

  #statement(): Sql {
    const kinds = [this.#rename, this.#rename, this.#same, this.#login, this.#group, this.#password, this.#many];
    kinds.push(
      this.#value,
      this.#value,
      this.#sameValue,
      this.#noValue,
      this.#replaceValue,
      this.#create,
      this.#delete,
    );
    kinds.push(this.#addAddress, this.#moveAddress, this.#sameAddress, this.#addressValue, this.#removeAddress);
    if (this.#store.dialect.name === 'mysql') kinds.push(this.#replace);
    return (kinds[this.#below(kinds.length)] ?? this.#rename).call(this);
  }

  #fresh(): string {
    return `v${++this.#ids.value}`;
  }

  #rename(): Sql {
    return sql`UPDATE {customer_entity} SET lastname = ${this.#fresh()}, updated_at = '2030-01-01 00:00:00' WHERE entity_id = ${this.#customer()}`;
  }

  #same(): Sql {
    return sql`UPDATE {customer_entity} SET lastname = lastname, middlename = middlename, group_id = group_id WHERE entity_id = ${this.#customer()}`;
  }

  #login(): Sql {
    return sql`UPDATE {customer_entity} SET failures_num = ${this.#below(100)}, lock_expires = '2030-01-01 00:00:00', session_cutoff = NULL, rp_token = ${this.#fresh()} WHERE entity_id = ${this.#customer()}`;
  }

  #group(): Sql {
    return sql`UPDATE {customer_entity} SET group_id = group_id + 1 WHERE entity_id = ${this.#customer()}`;
  }

  #password(): Sql {
    return sql`UPDATE {customer_entity} SET password_hash = ${this.#fresh()} WHERE entity_id = ${this.#customer()}`;
  }

  #many(): Sql {
    const first = this.#customer();
    return sql`UPDATE {customer_entity} SET taxvat = ${this.#fresh()} WHERE entity_id BETWEEN ${first} AND ${first + 10}`;
  }

  #table(of = 'customer_entity'): { readonly table: Sql; readonly value: string | number } {
    const type = types[this.#below(types.length)] ?? 'varchar';
    const n = ++this.#ids.value;
    const value = type === 'text' || type === 'varchar' ? `v${n}` : type === 'datetime' ? dateOf(n) : n;
    return { table: raw(`{${of}_${type}}`), value };
  }

  #attribute(): number {
    return this.#attributes[this.#below(this.#attributes.length)] ?? 1;
  }

  #upsert(of: string, id: number): Sql {
    const { table, value } = this.#table(of);
    return sql`INSERT INTO ${table} (attribute_id, entity_id, value) VALUES (${this.#attribute()}, ${id}, ${value}) ${this.#store.dialect.onDuplicate(['entity_id', 'attribute_id'], ['value'])}`;
  }

  #value(): Sql {
    return this.#upsert('customer_entity', this.#customer());
  }

  #sameValue(): Sql {
    return sql`UPDATE ${this.#table().table} SET value = value WHERE entity_id = ${this.#customer()}`;
  }

  /** Only of values that were there when the round began: one that came and went is not in the difference. */
  #noValue(): Sql {
    const type = types[this.#below(types.length)] ?? 'varchar';
    return sql`DELETE FROM ${raw(`{customer_entity_${type}}`)} WHERE entity_id = ${this.#customer()} AND attribute_id = ${this.#attribute()} AND value_id <= ${this.#ids.values.get(type) ?? 0}`;
  }

  #replaceValue(): Sql {
    const { table, value } = this.#table();
    return sql`REPLACE INTO ${table} (attribute_id, entity_id, value) VALUES (${this.#attribute()}, ${this.#customer()}, ${value})`;
  }

  #create(): Sql {
    const id = ++this.#ids.customer;
    return sql`INSERT INTO {customer_entity} (entity_id, website_id, email, lastname) VALUES (${id}, 1, ${`c${id}@example.com`}, ${this.#fresh()})`;
  }

  #replace(): Sql {
    const id = this.#customer();
    return sql`REPLACE INTO {customer_entity} (entity_id, website_id, email, lastname) VALUES (${id}, 1, ${`c${id}@example.com`}, ${this.#fresh()})`;
  }

  #delete(): Sql {
    return sql`DELETE FROM {customer_entity} WHERE entity_id = ${this.#customer()}`;
  }

  #addAddress(): Sql {
    const id = ++this.#ids.address;
    return sql`INSERT INTO {customer_address_entity} (entity_id, parent_id, city, country_id, firstname, lastname, street, telephone) VALUES (${id}, ${this.#customer()}, ${this.#fresh()}, 'GB', 'A', 'L', 's', '1')`;
  }

  #address(): number {
    return 1 + this.#below(this.#ids.address);
  }

  #moveAddress(): Sql {
    return sql`UPDATE {customer_address_entity} SET city = ${this.#fresh()} WHERE entity_id = ${this.#address()}`;
  }

  #sameAddress(): Sql {
    return sql`UPDATE {customer_address_entity} SET city = city, updated_at = '2031-01-01 00:00:00' WHERE entity_id = ${this.#address()}`;
  }

  #addressValue(): Sql {
    return this.#upsert('customer_address_entity', this.#address());
  }

  #removeAddress(): Sql {
    return sql`DELETE FROM {customer_address_entity} WHERE entity_id = ${this.#address()}`;
  }
}

/** The last ids and values that were given out. */
export interface Ids {
  customer: number;
  address: number;
  value: number;
  /** The last `value_id` of each type when the round began. */
  values: ReadonlyMap<string, number>;
}

/** To be called at the beginning of a round. */
export async function noteValues(store: Database, ids: Ids): Promise<void> {
  const values = new Map<string, number>();
  for (const type of types) {
    const row = await store.first<{ last: number | null }>(
      sql`SELECT MAX(value_id) AS last FROM ${raw(`{customer_entity_${type}}`)}`,
    );
    values.set(type, row?.last ?? 0);
  }
  ids.values = values;
}

const dateOf = (n: number): string => new Date(n * 1000).toISOString().slice(0, 19).replace('T', ' ');

class RolledBack extends Error {}

/** What random writes run into: a customer who is gone, one who is there already. */
const isExpected = (error: unknown): boolean =>
  error instanceof DatabaseError && (error.code === 'DB_REFERENCE' || error.code === 'DB_DUPLICATE');
