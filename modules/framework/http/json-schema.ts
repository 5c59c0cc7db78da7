/** A JSON Schema of the dialect that OpenAPI 3.1 uses (2020-12). One with a `title` becomes a component of that name. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The members of `T`, each to be described, and no others: what may be missing has its name with a question mark. A type
 * that gains a member does not compile until its description has it, too.
 */
export type Members<T> = {
  readonly [K in keyof T & string as undefined extends T[K] ? `${K}?` : K]: JsonSchema;
};

const text: JsonSchema = { type: 'string' };

function object<T extends object = object>(members: Members<T>): JsonSchema {
  const all = Object.entries<JsonSchema>(members);
  const required = all.map(([name]) => name).filter((name) => !name.endsWith('?'));
  return {
    type: 'object',
    properties: Object.fromEntries(all.map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** Words to describe JSON with: `json.named('Tier', json.object<Tier>({ name: json.text, 'since?': json.moment }))`. */
export const json = {
  text,
  number: { type: 'integer' } as JsonSchema,
  decimal: { type: 'number' } as JsonSchema,
  flag: { type: 'boolean' } as JsonSchema,
  /** RFC 3339. */
  moment: { type: 'string', format: 'date-time' } as JsonSchema,
  /** Any JSON value. */
  anything: {} as JsonSchema,
  /** An object of which nothing more is said. */
  record: { type: 'object' } as JsonSchema,
  object,
  list: (items: JsonSchema): JsonSchema => ({ type: 'array', items }),
  /** An object whose names are data. */
  map: (values: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: values }),
  oneOf: (words: readonly (string | number)[]): JsonSchema => ({ enum: [...words] }),
  either: (...schemas: readonly JsonSchema[]): JsonSchema => ({ anyOf: schemas }),
  orNull: (schema: JsonSchema): JsonSchema =>
    typeof schema.type === 'string' && schema.title === undefined
      ? { ...schema, type: [schema.type, 'null'] }
      : { anyOf: [schema, { type: 'null' }] },
  /** The same with a sentence; of what has a name, it is said of its use alone. */
  said: (description: string, schema: JsonSchema = text): JsonSchema =>
    schema.title === undefined ? { ...schema, description } : { description, allOf: [schema] },
  /** The same as a component with a name of its own. */
  named: (title: string, schema: JsonSchema): JsonSchema => ({ title, ...schema }),
} as const;
