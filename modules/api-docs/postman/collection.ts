import { exampleOf, shellVariables } from '../curl/curl.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { variablesOf } from '../endpoint/names.ts';
import { written } from '../endpoint/values.ts';
import { noteOf } from '../openapi/document.ts';

const form = 'application/x-www-form-urlencoded';

interface Item {
  readonly name: string;
  readonly request: Readonly<Record<string, unknown>>;
}

/** A collection as Postman reads it (v2.1): a folder for each heading, a variable for whatever only a store knows. */
export function postmanCollection(endpoints: readonly Endpoint[], baseUrl: string): Readonly<Record<string, unknown>> {
  const folders = new Map<string, Item[]>();
  for (const endpoint of endpoints) {
    const folder = folders.get(endpoint.tag) ?? [];
    folders.set(endpoint.tag, [...folder, { name: endpoint.operation.summary, request: requestOf(endpoint) }]);
  }
  const variables = [...new Set(endpoints.flatMap(shellVariables))].sort();
  return {
    info: { name: 'Vestibule', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    variable: variables.map((key) => ({ key, value: key === 'BASE_URL' ? baseUrl : '' })),
    item: [...folders].map(([name, item]) => ({ name, item })),
  };
}

function requestOf(endpoint: Endpoint): Item['request'] {
  const { method, security, body } = endpoint;
  const [scheme] = security;
  const type = body?.type ?? 'application/json';
  const note = noteOf(endpoint);
  return {
    method,
    ...(note === '' ? {} : { description: note }),
    auth: scheme?.scheme.type === 'http' ? bearer(scheme.variable) : { type: 'noauth' },
    header: [
      ...(scheme?.scheme.type === 'apiKey' ? [{ key: scheme.scheme.name, value: `{{${scheme.variable}}}` }] : []),
      ...(body ? [{ key: 'Content-Type', value: type }] : []),
    ],
    url: urlOf(endpoint),
    ...(body ? { body: type === form ? fieldsOf(body.example) : rawOf(body.example) } : {}),
  };
}

const bearer = (name: string) => ({
  type: 'bearer',
  bearer: [{ key: 'token', value: `{{${name}}}`, type: 'string' }],
});

const rawOf = (example: unknown) => ({
  mode: 'raw',
  raw: written(example, ({ name }) => `{{${name}}}`, 2),
  options: { raw: { language: 'json' } },
});

const fieldsOf = (example: unknown) => ({
  mode: 'urlencoded',
  urlencoded: Object.entries(example as Readonly<Record<string, unknown>>).map(([key, value]) => ({
    key,
    value: String(value),
  })),
});

/** Parameters of the query are there, and switched off unless the request needs them. */
function urlOf({ path, parameters }: Endpoint): Readonly<Record<string, unknown>> {
  const variables = variablesOf(path);
  const literal = new Map(parameters.map(({ name, schema }) => [name, exampleOf(schema)]));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => literal.get(name) ?? `{{${variables.get(name)}}}`);
  const query = parameters
    .filter(({ in: place }) => place === 'query')
    .map(({ name, schema }) => ({
      key: name,
      value: (exampleOf(schema) ?? '').replace(/^\$(\w+)$/, '{{$1}}'),
      disabled: exampleOf(schema) === undefined,
      ...(schema.description === undefined ? {} : { description: schema.description }),
    }));
  const needed = query.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${value}`);
  return {
    raw: `{{BASE_URL}}${filled}${needed.length === 0 ? '' : `?${needed.join('&')}`}`,
    host: ['{{BASE_URL}}'],
    path: filled.split('/').slice(1),
    ...(query.length === 0 ? {} : { query }),
  };
}
