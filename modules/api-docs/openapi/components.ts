import type { JsonSchema } from '../../framework/index.ts';

/** Two schemas of one name are two things that readers would take for one. */
export class ComponentError extends Error {
  override readonly name = 'ComponentError';
  readonly code = 'COMPONENT_TWICE' as const;
}

/** Gathers schemas that have a title, so that each stands once in the document and is referred to elsewhere. */
export class Components {
  private readonly known = new Map<string, { readonly given: string; readonly schema: JsonSchema }>();

  /** The schema with references in place of what has a name. @throws ComponentError */
  referring(schema: JsonSchema): JsonSchema {
    const { title, ...rest } = schema;
    if (typeof title !== 'string') return this.inside(schema);
    const name = title.replace(/[^\w.-]+/g, '');
    const given = JSON.stringify(schema);
    const before = this.known.get(name);
    if (before && before.given !== given)
      throw new ComponentError(
        `Two different schemas have the title "${title}"; give one of the operations' schemas another title.`,
      );
    if (!before) {
      // Known before it is looked into, so that it may refer to itself.
      this.known.set(name, { given, schema: {} });
      this.known.set(name, { given, schema: this.inside(rest) });
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  /** All of them by name, in the order of the alphabet. */
  all(): Readonly<Record<string, JsonSchema>> {
    const sorted = [...this.known].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([name, { schema }]) => [name, schema]));
  }

  private inside(schema: JsonSchema): JsonSchema {
    const walk = (value: unknown): unknown => (isSchema(value) ? this.referring(value) : value);
    const each = (value: unknown): unknown =>
      isSchema(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one)])) : value;
    return Object.fromEntries(
      Object.entries(schema).map(([keyword, value]) => {
        if (keyword === 'properties' || keyword === 'patternProperties') return [keyword, each(value)];
        if (keyword === 'items' || keyword === 'additionalProperties') return [keyword, walk(value)];
        if (/^(anyOf|oneOf|allOf)$/.test(keyword) && Array.isArray(value)) return [keyword, value.map(walk)];
        return [keyword, value];
      }),
    );
  }
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
