import { curlOf, shellVariables } from '../curl/curl.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Heading } from '../endpoint/headings.ts';
import { noteOf } from '../openapi/document.ts';

/** The first line of every page that is written here; what has it and is not written any more may go. */
export const made = '<!-- Written by `api:export`; change the operations of the routes instead. -->';

const rows = (endpoints: readonly Endpoint[], file: string): string =>
  endpoints
    .map(({ method, path, id, operation }) => `| [${operation.summary}](${file}#${id}) | \`${method} ${path}\` |`)
    .join('\n');

/** The table of everything, and what the lines of the other files take from the shell. */
export function overview(headings: readonly Heading[]): string {
  const endpoints = headings.flatMap((heading) => heading.endpoints);
  const schemes = new Map(endpoints.flatMap(({ security }) => security).map((scheme) => [scheme.name, scheme]));
  return `${made}

# The API

Every line below is checked against a running host. [openapi.json](openapi.json) describes all of it as OpenAPI 3.1;
[postman.json](postman.json) is a Postman collection (v2.1). A running host serves both for its own modules at
\`/openapi.json\` and \`/docs/api/postman.json\`, and \`/docs/api\` is a page to try it.

The lines take from the shell:

| variable | |
| --- | --- |
| \`BASE_URL\` | the public address of the host |
${[...schemes.values()].map(({ variable, description }) => `| \`${variable}\` | ${description} |`).join('\n')}

and names such as \`USER_ID\` or \`WEBHOOK_ID\` for what only a store knows; each line says what it needs.

${headings.map(({ title, slug, endpoints: own }) => `## [${title}](${slug}.md)\n\n| | |\n| --- | --- |\n${rows(own, `${slug}.md`)}`).join('\n\n')}
`;
}

/** One heading's operations, each with its line for the shell. */
export function chapter({ title, endpoints }: Heading): string {
  return `${made}

# ${title}

${endpoints.map(section).join('\n\n')}
`;
}

function section(endpoint: Endpoint): string {
  const { id, method, path, operation, parameters } = endpoint;
  const said = parameters.filter(({ schema }) => schema.description !== undefined);
  const note = noteOf(endpoint);
  const needs = shellVariables(endpoint).filter((name) => name !== 'BASE_URL');
  return [
    `<a id="${id}"></a>`,
    `## ${operation.summary}`,
    `\`${method} ${path}\`${note === '' ? '' : ` – ${note}`}`,
    ...(said.length === 0 ? [] : [said.map(({ name, schema }) => `- \`${name}\`: ${schema.description}`).join('\n')]),
    ...(needs.length === 0 ? [] : [`With ${needs.map((name) => `\`${name}\``).join(', ')}:`]),
    `\`\`\`sh\n${curlOf(endpoint)}\n\`\`\``,
    Object.entries(operation.answers)
      .map(([status, { description }]) => `- ${status}: ${description}`)
      .join('\n'),
  ].join('\n\n');
}
