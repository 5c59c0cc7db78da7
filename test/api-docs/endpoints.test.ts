import { expect } from 'chai';
import apiDocs from '../../modules/api-docs/module.ts';
import type { OpenApiDocument } from '../../modules/api-docs/openapi/document.ts';
import { createTestHost, defineModule, route, type TestHost } from '../../modules/framework/index.ts';

const handle = (): void => {};

/** A module that says nothing of its routes. */
const silent = defineModule({
  name: 'ticket-desk',
  version: '1.0.0',
  host: '^1',
  acl: { 'ticket-desk::close': 'Close tickets' },
  routes: [
    route('GET /tickets/:number', { public: 'visitors look their ticket up', handle }),
    route('POST /admin/api/v1/tickets/:number/close', {
      area: 'admin',
      acl: 'ticket-desk::close',
      reads: 'json',
      fresh: true,
      handle,
    }),
    route('GET /admin/tickets', { area: 'admin', acl: 'ticket-desk::close', handle }),
  ],
});

describe('Routes that say nothing of themselves', () => {
  let host: TestHost;
  let first: Response;
  let document: OpenApiDocument;
  before(async () => {
    host = await createTestHost({ modules: [silent, apiDocs] });
    const { url } = await host.listen();
    first = await fetch(`${url}/openapi.json`);
    document = (await first.json()) as OpenApiDocument;
  });
  after(() => host.close());

  it('are described by their path and by why they are open', () => {
    expect(document.paths['/tickets/{number}']?.get).to.deep.include({
      tags: ['Ticket desk'],
      description: 'Open to everybody: visitors look their ticket up.',
      parameters: [{ name: 'number', in: 'path', required: true, schema: { type: 'string' } }],
      security: [],
    });
  });

  it('are described by the right that they need, and by how lately the caller has to have logged in', () => {
    const operation = document.paths['/admin/api/v1/tickets/{number}/close']?.post;
    expect(operation).to.deep.include({ security: [{ administrator: [] }], 'x-acl': 'ticket-desk::close' });
    expect(operation?.description).to.equal(
      'Close tickets. Needs the right “Close tickets” (`ticket-desk::close`). The bearer has to be from the last five minutes.',
    );
    expect(operation?.requestBody).to.have.nested.property('content.application/json');
  });

  it('are not described once more to who has the description', async () => {
    const etag = String(first.headers.get('etag'));
    const again = await fetch(first.url, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).to.deep.equal([304, '']);
    expect((await fetch(first.url, { headers: { 'if-none-match': '"another"' } })).status).to.equal(200);
  });

  it('are left out where they are pages of the administration', () => {
    expect(Object.keys(document.paths)).not.to.include('/admin/tickets');
  });
});
