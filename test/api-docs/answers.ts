import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Answer, JsonSchema } from '../../modules/framework/index.ts';

type Json = unknown;

/** The schema with every object closed, so that a member that nobody described is found. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [
    name,
    ['required', 'enum', 'examples', 'type'].includes(name) ? value : closed(value),
  ]);
  const mapped = Object.fromEntries(entries) as Record<string, Json>;
  const isObject = 'properties' in mapped && typeof mapped.properties === 'object' && mapped.type === 'object';
  return isObject && !('additionalProperties' in mapped) ? { ...mapped, unevaluatedProperties: false } : mapped;
}

/** The parts of an `allOf` describe one object together: only the whole is closed. */
function opened(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(opened);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { allOf, ...rest } = schema as Record<string, Json>;
  const others = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, opened(value)]));
  if (!Array.isArray(allOf)) return others;
  const parts = allOf.map((part) => {
    const { unevaluatedProperties: _, ...open } = part as Record<string, Json>;
    return opened(open);
  });
  return { ...others, allOf: parts, unevaluatedProperties: false };
}

const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false });
const known = new Map<JsonSchema, ValidateFunction>();

/** What of a value does not fit, in a line each; members that nobody described included. */
export function faultsOf(schema: JsonSchema, value: unknown): readonly string[] {
  const validate = known.get(schema) ?? ajv.compile(opened(closed(schema)) as object);
  known.set(schema, validate);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
      );
}

/** What of an answer is not as it was described. */
export function faultsOfAnswer(
  { schema, type = 'application/json' }: Answer,
  given: { readonly type: string; readonly text: string },
): readonly string[] {
  if (schema === undefined && type === 'application/json')
    return given.text === '' ? [] : ['a body, where none is said'];
  if (given.type.split(';')[0] !== type) return [`its type is ${given.type}, not ${type}`];
  if (schema === undefined || !/json/.test(type)) return [];
  const values = type === 'application/x-ndjson' ? given.text.trim().split('\n') : [given.text];
  return values.flatMap((text) => faultsOf(schema, JSON.parse(text)));
}
