import type { Request, Response } from 'express';
import { answer, HttpError, json, type Operation, type Route, route } from '../../framework/index.ts';
import { ApiDocs, type Published } from '../api-docs.ts';
import { docsPage } from '../page/page.tsx';
import { assetAddresses, assetOf } from './assets.ts';

const inject = { docs: ApiDocs };
const writePage: Parameters<ApiDocs['page']>[0] = (endpoints, baseUrl) => docsPage(endpoints, baseUrl, assetAddresses);
const open = 'what is served is no secret, and each operation is guarded by itself';
const tag = 'Documentation';
const same = answer('It is what the caller has.');

const operations = {
  document: { tag, summary: 'Read this description', answers: { 200: answer('OpenAPI 3.1.', json.record), 304: same } },
  collection: {
    tag,
    summary: 'Read it as a Postman collection',
    answers: { 200: answer('Postman v2.1.', json.record), 304: same },
  },
  page: { tag, summary: 'Try it', answers: { 200: answer('The page.', undefined, 'text/html'), 304: same } },
  asset: {
    tag,
    summary: 'Style and script of that page',
    path: { version: { type: 'string', examples: ['0'] }, name: { type: 'string', examples: ['style.css'] } },
    answers: { 200: answer('The file.', undefined, 'text/css') },
  },
} as const satisfies Record<string, Operation>;

/** Answers a text; whoever has it already is told so. */
function publish(request: Request, response: Response, type: string, { content, etag }: Published): void {
  response.set({ ETag: etag, 'Cache-Control': 'no-cache' });
  if (request.get('if-none-match') === etag) response.status(304).end();
  else response.set('Content-Type', `${type}; charset=utf-8`).send(content);
}

const document = route('GET /openapi.json', {
  operation: operations.document,
  public: open,
  inject,
  handle: (request, response, { docs }) => publish(request, response, 'application/json', docs.document()),
});

const collection = route('GET /docs/api/postman.json', {
  operation: operations.collection,
  public: open,
  inject,
  handle(request, response, { docs }) {
    response.set('Content-Disposition', 'attachment; filename="vestibule.postman_collection.json"');
    publish(request, response, 'application/json', docs.collection());
  },
});

const page = route('GET /docs/api', {
  operation: operations.page,
  public: open,
  inject,
  handle(request, response, { docs }) {
    // Whoever follows a link from here does not tell where a token was pasted.
    response.set('Referrer-Policy', 'no-referrer');
    publish(request, response, 'text/html', docs.page(writePage));
  },
});

const asset = route('GET /docs/api/assets/:version/:name', {
  operation: operations.asset,
  public: 'style and script of the page, the same for everybody',
  handle(request, response) {
    const found = assetOf(String(request.params.name));
    if (!found) throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
    response
      .set('Content-Type', found.type)
      .set('Cache-Control', 'public, max-age=31536000, immutable')
      .send(found.content);
  },
});

/** The description of the API, and the page to try it. */
export const docsRoutes: readonly Route[] = [document, collection, page, asset];
