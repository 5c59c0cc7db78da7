import { type Answer, HOST_VERSION, type SecurityScheme } from '../../framework/index.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { refusal } from '../endpoint/endpoints.ts';
import { likely } from '../endpoint/values.ts';
import { Components } from './components.ts';

/** A description of an API as OpenAPI 3.1 has it; its parts are plain JSON. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const about = `What Vestibule serves: SCIM 2.0 for identity providers, an API in BigCommerce's shape for importers, SAML 2.0 for
browsers, and the administration's API. Each operation says what opens it.`;

/** What of an endpoint stands for itself: who may call it, and how lately it has to have been proved. */
export function noteOf({ operation, acl, fresh }: Endpoint): string {
  const notes = [
    operation.description,
    acl && acl.resource !== 'admin::account' ? `Needs the right “${acl.allows}” (\`${acl.resource}\`).` : undefined,
    fresh ? 'The bearer has to be from the last five minutes.' : undefined,
  ];
  return notes.filter((note) => note !== undefined).join(' ');
}

/** Describes the endpoints; the same for the same endpoints and address. @throws ComponentError */
export function openApiDocument(endpoints: readonly Endpoint[], baseUrl: string): OpenApiDocument {
  const components = new Components();
  const paths: Record<string, Record<string, Readonly<Record<string, unknown>>>> = {};
  for (const endpoint of endpoints) {
    const method = endpoint.method.toLowerCase();
    const methods = paths[endpoint.path] ?? {};
    // As in Express, the first one answers.
    paths[endpoint.path] = { [method]: operationOf(endpoint, components), ...methods };
  }
  const schemes = endpoints.flatMap(({ security }) => security);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Vestibule',
      version: HOST_VERSION,
      description: about,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: baseUrl }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components.all(),
      securitySchemes: Object.fromEntries(
        schemes.map(({ name, scheme: { ...scheme }, description }: SecurityScheme) => {
          const { name: header, ...rest } = { name: undefined, ...scheme };
          return [name, { ...rest, ...(header === undefined ? {} : { name: header }), description }];
        }),
      ),
    },
  };
}

function operationOf(endpoint: Endpoint, components: Components): Readonly<Record<string, unknown>> {
  const { id, tag, operation, parameters, body, security, acl } = endpoint;
  const content = ({ schema, type = 'application/json' }: Answer, example?: unknown) =>
    schema === undefined && type === 'application/json'
      ? {}
      : {
          content: {
            [type]: {
              ...(schema ? { schema: components.referring(schema) } : {}),
              ...(example === undefined ? {} : { example: likely(example) }),
            },
          },
        };
  const answered = (answer: Answer) => ({ description: answer.description, ...content(answer) });
  const note = noteOf(endpoint);
  return {
    operationId: id,
    summary: operation.summary,
    ...(note === '' ? {} : { description: note }),
    tags: [tag],
    ...(parameters.length === 0
      ? {}
      : {
          parameters: parameters.map(({ name, in: place, schema: { description, ...schema } }) => ({
            name,
            in: place,
            ...(place === 'path' ? { required: true } : {}),
            ...(description === undefined ? {} : { description }),
            schema: components.referring(schema),
          })),
        }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, ...content({ description: '', ...body }, body.example) } }),
    responses: {
      ...Object.fromEntries(Object.entries(operation.answers).map(([status, given]) => [status, answered(given)])),
      default: answered(operation.refusal ?? refusal),
    },
    security: security.map(({ name }) => ({ [name]: [] })),
    ...(acl ? { 'x-acl': acl.resource } : {}),
  };
}
