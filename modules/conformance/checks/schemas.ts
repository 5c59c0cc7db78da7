import type { Check } from '../suite/check.ts';
import { type Json, listOf, textOf } from '../suite/json.ts';
import { LIST_RESPONSE, USER } from '../suite/urn.ts';

const types = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference', 'complex'];
const words: Readonly<Record<string, readonly string[]>> = {
  mutability: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  returned: ['always', 'never', 'default', 'request'],
  uniqueness: ['none', 'server', 'global'],
};

/** Every attribute of every schema, sub-attributes after their attribute, each with where it stands. */
function attributesOf(schemas: readonly Json[]): readonly { at: string; attribute: Json }[] {
  const within = (prefix: string, attributes: unknown): { at: string; attribute: Json }[] =>
    listOf(attributes).flatMap((attribute) => {
      const at = `${prefix}${textOf(attribute.name)}`;
      return [{ at, attribute }, ...within(`${at}.`, attribute.subAttributes)];
    });
  return schemas.flatMap(({ id, attributes }) => within(`${textOf(id)}:`, attributes));
}

/** What GET /Schemas says. */
export const schemaChecks: readonly Check[] = [
  {
    id: 'RFC7644-4-08',
    level: 'MUST',
    says: 'GET /Schemas answers a list of all schemas.',
    async run(client, expect) {
      const answer = await client.get('/Schemas');
      expect.status(answer, 200);
      expect.ok(answer.schemas.includes(LIST_RESPONSE), `schemas must contain ${LIST_RESPONSE}`);
      expect.equal(answer.json.totalResults, answer.resources.length, 'totalResults');
    },
  },
  {
    id: 'RFC7644-4-09',
    level: 'MUST',
    says: 'Every schema that a resource type names, extensions included, can be read by its URN.',
    async run(client, expect) {
      for (const type of client.provider.resourceTypes) {
        const urns = [type.schema, ...listOf(type.schemaExtensions).map(({ schema }) => schema)].map(textOf);
        for (const urn of urns) {
          const answer = await client.get(`/Schemas/${urn}`);
          expect.status(answer, 200);
          expect.equal(answer.json.id, urn, 'id');
        }
      }
    },
  },
  {
    id: 'RFC7643-7-01',
    level: 'MUST',
    says: 'Every attribute of a schema has a name and one of the types of RFC 7643.',
    async run(client, expect) {
      for (const { at, attribute } of attributesOf((await client.get('/Schemas')).resources)) {
        expect.ok(/^[A-Za-z$][\w$-]*$/.test(textOf(attribute.name)), `${at} is no name of an attribute`);
        expect.ok(types.includes(textOf(attribute.type)), `${at} has the type ${attribute.type}`);
      }
    },
  },
  {
    id: 'RFC7643-7-02',
    level: 'MUST',
    says: 'mutability, returned and uniqueness have only values that RFC 7643 defines.',
    async run(client, expect) {
      for (const { at, attribute } of attributesOf((await client.get('/Schemas')).resources))
        for (const [name, allowed] of Object.entries(words)) {
          const value = attribute[name];
          expect.ok(value === undefined || allowed.includes(textOf(value)), `${name} of ${at} is ${value}`);
        }
    },
  },
  {
    id: 'RFC7643-7-03',
    level: 'MUST',
    says: 'An attribute of type complex names its sub-attributes, and no other type has any.',
    async run(client, expect) {
      for (const { at, attribute } of attributesOf((await client.get('/Schemas')).resources))
        expect.equal(listOf(attribute.subAttributes).length > 0, textOf(attribute.type) === 'complex', at);
    },
  },
  {
    id: 'RFC7643-7-04',
    level: 'SHOULD',
    says: 'No value in a schema is null.',
    async run(client, expect) {
      const { text } = await client.get('/Schemas');
      expect.ok(!/:\s*null\b/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""')), 'there is a null');
    },
  },
  {
    id: 'RFC7643-8.7-01',
    level: 'MUST',
    says: 'The User schema declares userName required and unique, and a password that is never returned.',
    needs: ['users'],
    async run(client, expect) {
      const { json } = await client.get(`/Schemas/${USER}`);
      const named = (name: string) => listOf(json.attributes).find((one) => textOf(one.name) === name);
      expect.equal(named('userName')?.required, true, 'userName.required');
      expect.ok(['server', 'global'].includes(textOf(named('userName')?.uniqueness)), 'userName must be unique');
      const password = named('password');
      if (password) expect.equal([password.mutability, password.returned], ['writeOnly', 'never'], 'password');
    },
  },
];
