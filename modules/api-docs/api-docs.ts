import { createHash } from 'node:crypto';
import { type Inventory, type ServiceToken, service } from '../framework/index.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import { endpointsOf } from './endpoint/endpoints.ts';
import { openApiDocument } from './openapi/document.ts';
import { postmanCollection } from './postman/collection.ts';

/** A text that is the same for everybody, with the tag that tells whether somebody has it already. */
export interface Published {
  readonly content: Buffer;
  readonly etag: string;
}

/** What the enabled modules serve, described. It never changes while the host runs. */
export interface ApiDocs {
  endpoints(): readonly Endpoint[];
  /** OpenAPI 3.1. @throws ComponentError */
  document(): Published;
  /** Postman v2.1. */
  collection(): Published;
  /** What `write` makes of the endpoints, made once. */
  page(write: (endpoints: readonly Endpoint[], baseUrl: string) => string): Published;
}
export const ApiDocs: ServiceToken<ApiDocs> = service<ApiDocs>('api-docs.ApiDocs');

/**
 * The service behind the token `ApiDocs`. Each text is made when it is first asked for, so that a start does not wait for
 * it, and once: everybody may ask, and making one takes as long as a hundred requests.
 */
export function createApiDocs(inventory: Inventory, baseUrl: string): ApiDocs {
  const endpoints = once(() => endpointsOf(inventory));
  const document = once(() => published(JSON.stringify(openApiDocument(endpoints(), baseUrl))));
  const collection = once(() => published(JSON.stringify(postmanCollection(endpoints(), baseUrl))));
  let page: Published | undefined;
  return {
    endpoints,
    document,
    collection,
    page(write) {
      page ??= published(write(endpoints(), baseUrl));
      return page;
    },
  };
}

function published(text: string): Published {
  const content = Buffer.from(text);
  return { content, etag: `"${createHash('sha256').update(content).digest('hex').slice(0, 24)}"` };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
