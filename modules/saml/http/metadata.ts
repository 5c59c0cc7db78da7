import { Database, type Route, route } from '../../framework/index.ts';
import { SamlProviders } from '../provider/providers.ts';
import { publishedMetadata } from '../provider/published/published.ts';
import { signInOperations } from './operations.ts';

/** Our metadata, for whoever sets up the identity provider, and for the identity provider itself. */
const metadata = route('GET /saml/:connection/metadata', {
  operation: signInOperations.metadata,
  public: 'identity providers read it without any account; it holds nothing secret',
  inject: { database: Database, providers: SamlProviders },
  async handle(request, response, { database, providers }) {
    const provider = await providers.byCode(database, String(request.params.connection));
    if (!provider?.enabled) {
      response
        .status(404)
        .type('text/plain')
        .set('Cache-Control', 'no-store')
        .send('There is no SAML metadata at this address: no connection has this code, or SAML is switched off.\n');
      return;
    }
    const { xml, etag } = publishedMetadata(provider);
    response.set({ ETag: etag, 'Cache-Control': 'public, max-age=300', 'X-Content-Type-Options': 'nosniff' });
    if (holds(request.get('if-none-match'), etag)) response.status(304).end();
    else response.type('application/samlmetadata+xml').send(Buffer.from(xml));
  },
});

/** Whether the asker has this very document (RFC 9110 §13.1.2). */
const holds = (given: string | undefined, etag: string): boolean =>
  (given ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === etag);

/** Routes of metadata. */
export const metadataRoutes: readonly Route[] = [metadata];
