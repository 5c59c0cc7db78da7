import { answer, Environment, HttpError, json, type Operation, type Route, route } from '../../framework/index.ts';
import { ApiDocs } from '../api-docs.ts';
import { openApiDocument } from '../openapi/document.ts';
import { docsPage } from '../page/page.tsx';
import { postmanCollection } from '../postman/collection.ts';
import { assetAddresses, assetOf } from './assets.ts';

const inject = { docs: ApiDocs, environment: Environment };
const open = 'what is served is no secret, and each operation is guarded by itself';
const tag = 'Documentation';

const operations = {
  document: { tag, summary: 'Read this description', answers: { 200: answer('OpenAPI 3.1.', json.record) } },
  collection: {
    tag,
    summary: 'Read it as a Postman collection',
    answers: { 200: answer('Postman v2.1.', json.record) },
  },
  page: { tag, summary: 'Try it', answers: { 200: answer('The page.', undefined, 'text/html') } },
  asset: {
    tag,
    summary: 'Style and script of that page',
    path: { version: { type: 'string', examples: ['0'] }, name: { type: 'string', examples: ['style.css'] } },
    answers: { 200: answer('The file.', undefined, 'text/css') },
  },
} as const satisfies Record<string, Operation>;

const document = route('GET /openapi.json', {
  operation: operations.document,
  public: open,
  inject,
  handle(_, response, { docs, environment }) {
    response.set('Cache-Control', 'no-cache').json(openApiDocument(docs.endpoints(), environment.baseUrl));
  },
});

const collection = route('GET /docs/api/postman.json', {
  operation: operations.collection,
  public: open,
  inject,
  handle(_, response, { docs, environment }) {
    response
      .set('Content-Disposition', 'attachment; filename="vestibule.postman_collection.json"')
      .set('Cache-Control', 'no-cache')
      .json(postmanCollection(docs.endpoints(), environment.baseUrl));
  },
});

const page = route('GET /docs/api', {
  operation: operations.page,
  public: open,
  inject,
  handle(_, response, { docs, environment }) {
    response
      .type('html')
      .set('Cache-Control', 'no-cache')
      // Whoever follows a link from here does not tell where a token was pasted.
      .set('Referrer-Policy', 'no-referrer')
      .send(docsPage(docs.endpoints(), environment.baseUrl, assetAddresses));
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
