import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { MappingIssue } from './issue.ts';

const text = readFileSync(new URL('./mapping.schema.json', import.meta.url), 'utf8');

/** The published JSON Schema of a mapping document: for editors, and for whoever makes such documents elsewhere. */
export const mappingSchema: Readonly<Record<string, unknown>> = Object.freeze(
  JSON.parse(text) as Record<string, unknown>,
);

// Compiled at the first use: a start that checks no document does not pay for it.
let compiled: ReturnType<Ajv2020['compile']> | undefined;
function validator(): ReturnType<Ajv2020['compile']> {
  compiled ??= new Ajv2020({ allErrors: true, discriminator: true, strict: false }).compile(mappingSchema);
  return compiled;
}

/** Issues shown at most: a file of another kind would have one for each of its members. */
const mostIssues = 50;

/** What of a value is not as the JSON Schema says; empty for a mapping document. */
export function schemaIssues(value: unknown): readonly MappingIssue[] {
  const validate = validator();
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  return errors.slice(0, mostIssues).map((error) => issueOf(error, value));
}

function issueOf(error: ErrorObject, document: unknown): MappingIssue {
  const steps = error.instancePath.split('/').slice(1);
  const id = steps[0] === 'rows' ? idOf(document, Number(steps[1])) : undefined;
  const below = id === undefined ? steps : steps.slice(2);
  const field = below.join('/');
  return {
    ...(id === undefined ? {} : { row: id }),
    ...(field === '' ? {} : { field }),
    code: 'schema',
    message: `${field === '' ? (id === undefined ? 'The document' : 'The row') : `"${field}"`} ${said(error)}.`,
    cure: 'Correct it as the JSON Schema of mapping documents says.',
    severity: 'error',
  };
}

/** The row's own name, or its place where it has none. */
function idOf(document: unknown, index: number): string | undefined {
  if (!Number.isInteger(index)) return undefined;
  const rows = (document as { rows?: unknown }).rows;
  const row: unknown = Array.isArray(rows) ? rows[index] : undefined;
  const id: unknown = typeof row === 'object' && row !== null ? (row as { id?: unknown }).id : undefined;
  return typeof id === 'string' && id !== '' ? id : `#${index + 1}`;
}

function said({ keyword, params, message = 'is not valid' }: ErrorObject): string {
  if (keyword === 'additionalProperties') return `has a member "${params.additionalProperty}" that is not known`;
  if (keyword === 'required') return `lacks "${params.missingProperty}"`;
  if (keyword === 'enum')
    return `must be one of ${(params.allowedValues as unknown[]).map((one) => `"${one}"`).join(', ')}`;
  if (keyword === 'const') return `must be ${JSON.stringify(params.allowedValue)}`;
  if (keyword === 'discriminator') return 'must have a "type": direct, constant, template, lookup or expression';
  return message;
}
