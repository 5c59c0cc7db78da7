import { join, type Sql, sql, type Transaction } from '../../modules/framework/index.ts';

/** A kind of write as a store's own code makes it, without capture in mind. */
export interface Write {
  readonly name: string;
  readonly statements: (tx: Transaction, id: number) => Promise<void>;
}

const at = '2024-05-06 12:00:00';

/** Statements that a store sends one after the other. */
const each = async (tx: Transaction, statements: readonly Sql[]): Promise<void> => {
  for (const statement of statements) await tx.run(statement);
};

/**
 * What storefronts and imports do to customers, with the values of three attributes and the row of the grid, as Magento
 * writes them. `id` is that of a customer, who is there for all but the first.
 */
export const writesOf = (attributes: readonly number[]): readonly Write[] => {
  const values = (id: number, text: string, tx: Transaction): Sql =>
    sql`INSERT INTO {customer_entity_varchar} (attribute_id, entity_id, value) VALUES ${join(
      attributes.map((attribute) => sql`(${attribute}, ${id}, ${text})`),
    )} ${tx.dialect.onDuplicate(['entity_id', 'attribute_id'], ['value'])}`;
  const grid = (id: number, name: string, tx: Transaction): Sql =>
    sql`INSERT INTO {customer_grid_flat} (entity_id, name, email, group_id, website_id) VALUES (${id}, ${name}, ${`c${id}@example.com`}, 1, 1) ${tx.dialect.onDuplicate(['entity_id'], ['name', 'email', 'group_id', 'website_id'])}`;
  let turn = 0;
  return [
    {
      name: 'a customer registers',
      statements: (tx, id) =>
        each(tx, [
          sql`INSERT INTO {customer_entity} (entity_id, website_id, email, group_id, store_id, created_at, updated_at, firstname, lastname, password_hash) VALUES (${id}, 1, ${`c${id}@example.com`}, 1, 1, ${at}, ${at}, 'Ada', 'Lovelace', 'a:b:1')`,
          values(id, 'x', tx),
          grid(id, 'Ada Lovelace', tx),
        ]),
    },
    {
      name: 'an address is added',
      statements: async (tx, id) => {
        const { insertId } = await tx.run(
          sql`INSERT INTO {customer_address_entity} (parent_id, created_at, updated_at, city, country_id, firstname, lastname, street, telephone, postcode) VALUES (${id}, ${at}, ${at}, 'London', 'GB', 'Ada', 'Lovelace', 's', '1', '2')`,
        );
        await tx.run(
          sql`UPDATE {customer_entity} SET default_billing = ${insertId}, default_shipping = ${insertId}, updated_at = ${at} WHERE entity_id = ${id}`,
        );
      },
    },
    {
      name: 'a customer is saved with another name and values',
      statements: (tx, id) => {
        const name = `Ada ${++turn}`;
        return each(tx, [
          sql`UPDATE {customer_entity} SET firstname = ${name}, lastname = 'L', middlename = NULL, taxvat = NULL, updated_at = ${at} WHERE entity_id = ${id}`,
          values(id, name, tx),
          grid(id, name, tx),
        ]);
      },
    },
    {
      name: 'a customer is saved as it is',
      statements: (tx, id) =>
        each(tx, [
          sql`UPDATE {customer_entity} SET lastname = 'L', middlename = NULL, taxvat = NULL, updated_at = ${at} WHERE entity_id = ${id}`,
          sql`UPDATE {customer_entity_varchar} SET value = value WHERE entity_id = ${id}`,
        ]),
    },
    {
      name: 'a customer logs in',
      statements: (tx, id) =>
        each(tx, [
          sql`UPDATE {customer_entity} SET failures_num = ${++turn % 2}, first_failure = NULL, lock_expires = NULL, updated_at = ${at} WHERE entity_id = ${id}`,
        ]),
    },
    {
      name: 'a customer is deleted',
      statements: (tx, id) =>
        each(tx, [
          sql`DELETE FROM {customer_grid_flat} WHERE entity_id = ${id}`,
          sql`DELETE FROM {customer_entity} WHERE entity_id = ${id}`,
        ]),
    },
  ];
};
