import type { JsonSchema, Variable } from '../../framework/index.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { variablesOf } from '../endpoint/names.ts';
import { variablesIn, written } from '../endpoint/values.ts';

const form = 'application/x-www-form-urlencoded';

/** Text for between single quotes, variables left to the shell. */
const single = (text: string): string => text.replaceAll("'", `'\\''`);
const fromShell = ({ name }: Variable): string => `'"$${name}"'`;

/** The path with the shell's variables for those of its parameters that no example stands for. */
export function shellPath({ path, parameters }: Endpoint): string {
  const variables = variablesOf(path);
  const examples = new Map(parameters.map(({ name, schema }) => [name, exampleOf(schema)]));
  return path.replace(/\{(\w+)\}/g, (_, name: string) => examples.get(name) ?? `$${variables.get(name)}`);
}

/** The first example of a parameter; a request without the parameter would not show what it is for. */
export const exampleOf = ({ examples }: JsonSchema): string | undefined =>
  Array.isArray(examples) && examples.length > 0 ? String(examples[0]) : undefined;

/** Every shell variable that the line of an endpoint uses, `BASE_URL` first. */
export const shellVariables = (endpoint: Endpoint): readonly string[] => [
  ...new Set([
    'BASE_URL',
    ...endpoint.security.slice(0, 1).map(({ variable }) => variable),
    ...[shellPath(endpoint), ...queryOf(endpoint)].flatMap((text) =>
      [...text.matchAll(/\$(\w+)/g)].map(([, name = '']) => name),
    ),
    ...variablesIn(endpoint.body?.example).map(({ name }) => name),
  ]),
];

/** What of the query has an example; a variable in it is left to the shell. */
const queryOf = ({ parameters }: Endpoint): readonly string[] =>
  parameters.flatMap(({ name, in: place, schema }) => {
    const example = exampleOf(schema);
    if (place !== 'query' || example === undefined) return [];
    const value = /^\$\w+$/.test(example) ? example : encodeURIComponent(example);
    return [`${name}=${value}`];
  });

/** A line for the shell that calls the endpoint, broken where it gets long. It needs the variables and nothing else. */
export function curlOf(endpoint: Endpoint): string {
  const { method, operation, security, body } = endpoint;
  const [scheme] = security;
  const query = queryOf(endpoint);
  const secret =
    scheme &&
    (scheme.scheme.type === 'http'
      ? `Authorization: Bearer $${scheme.variable}`
      : `${scheme.scheme.name}: $${scheme.variable}`);
  const type = body?.type ?? 'application/json';
  const fields = body && type === form ? Object.entries(body.example as Record<string, unknown>) : [];
  const accepted = Object.values(operation.answers).find(({ schema }) => schema !== undefined)?.type;
  return [
    `curl -sS${method === 'GET' ? '' : ` -X ${method}`} "$BASE_URL${shellPath(endpoint)}${query.length === 0 ? '' : `?${query.join('&')}`}"`,
    ...(secret ? [`-H "${secret}"`] : []),
    ...(accepted?.startsWith('text/html') ? [`-H 'Accept: text/html'`] : []),
    ...(body && type !== form ? [`-H 'Content-Type: ${type}'`] : []),
    ...fields.map(([name, value]) => `--data-urlencode '${name}=${single(String(value))}'`),
    ...(body && type !== form ? [`--data '${quoted(body.example)}'`] : []),
  ].join(' \\\n  ');
}

/** JSON between single quotes: quotes of its own escaped, the shell's variables let out of them. */
function quoted(example: unknown): string {
  const out: string[] = [];
  const text = written(example, ({ name }) => `\u0001${name}\u0001`);
  for (const [at, part] of text.split('\u0001').entries())
    out.push(at % 2 === 0 ? single(part) : fromShell({ name: part, like: '' }));
  return out.join('');
}
