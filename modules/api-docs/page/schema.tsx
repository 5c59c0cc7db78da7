import type { JsonSchema } from '../../framework/index.ts';

type Property = readonly [name: string, schema: JsonSchema, required: boolean];

const nameOf = (schema: JsonSchema): string | undefined =>
  typeof schema.title === 'string'
    ? schema.title.replace(/[^\w.-]+/g, '')
    : typeof schema.$ref === 'string'
      ? schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
      : undefined;

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

const listed = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

/** What a value is, in a word or two: `text`, `list of Token`, `one of a, b`. */
function Kind({ schema }: { schema: JsonSchema }) {
  const name = nameOf(schema);
  if (name !== undefined) return <a href={`#schema-${name}`}>{name}</a>;
  const choices = [...listed(schema.anyOf), ...listed(schema.allOf)];
  if (choices.length > 0)
    return (
      <>
        {choices.map((choice, at) => (
          <span key={nameOf(choice) ?? at}>
            {at > 0 && (schema.allOf ? ' and ' : ' or ')}
            <Kind schema={choice} />
          </span>
        ))}
      </>
    );
  if (isSchema(schema.items))
    return (
      <>
        list of <Kind schema={schema.items} />
      </>
    );
  if (Array.isArray(schema.enum)) return <>{schema.enum.map(String).join(' | ')}</>;
  if (schema.const !== undefined) return <>{String(schema.const)}</>;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'anything'];
  return <>{types.join(' or ')}</>;
}

const propertiesOf = ({ properties, required }: JsonSchema): readonly Property[] => {
  const needed = new Set(Array.isArray(required) ? required : []);
  return Object.entries(isSchema(properties) ? properties : {})
    .filter((entry): entry is [string, JsonSchema] => isSchema(entry[1]))
    .map(([name, schema]) => [name, schema, needed.has(name)] as const);
};

/** The object inside a list, so that its members can be shown. */
const inner = (schema: JsonSchema): JsonSchema =>
  isSchema(schema.items) && !nameOf(schema.items) ? schema.items : schema;

/** A schema where it is used: its name, or its members. */
export function SchemaText({ schema }: { schema: JsonSchema }) {
  const members = nameOf(schema) === undefined ? propertiesOf(inner(schema)) : [];
  if (members.length > 0) return <MemberList members={members} />;
  return (
    <p class="kind">
      <Kind schema={schema} />
    </p>
  );
}

const MemberList = ({ members }: { members: readonly Property[] }) => (
  <ul class="members">
    {members.map(([name, schema, required]) => (
      <li key={name}>
        <code>{name}</code>
        {required ? '' : '?'}{' '}
        <span class="kind">
          <Kind schema={schema} />
        </span>
        {typeof schema.description === 'string' && <span class="said"> {schema.description.replaceAll('`', '')}</span>}
        {nameOf(schema) === undefined && propertiesOf(inner(schema)).length > 0 && (
          <MemberList members={propertiesOf(inner(schema))} />
        )}
      </li>
    ))}
  </ul>
);

/** Everything that has a name. */
export const SchemaList = ({ schemas }: { schemas: Readonly<Record<string, JsonSchema>> }) => (
  <section id="schemas" aria-labelledby="schemas-title">
    <h2 id="schemas-title">Schemas</h2>
    {Object.entries(schemas).map(([name, schema]) => (
      <details class="operation" id={`schema-${name}`} key={name}>
        <summary>
          <code class="path">{name}</code>
        </summary>
        <div class="inside">
          {typeof schema.description === 'string' && <p>{schema.description.replaceAll('`', '')}</p>}
          <SchemaText schema={schema} />
        </div>
      </details>
    ))}
  </section>
);
