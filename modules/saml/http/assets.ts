import { route } from '../../framework/index.ts';
import { visitorAssets } from '../../store/index.ts';
import { signInOperations } from './operations.ts';

const own = (name: string): URL => new URL(`../assets/${name}`, import.meta.url);

/** `~` is in no connection's code, so the addresses can't meet those of a connection. */
export const assets = visitorAssets('/saml/~assets', { style: own('style.css'), script: own('submit.js') });

export const assetRoute = route('GET /saml/~assets/:version/:name', {
  operation: signInOperations.asset,
  public: 'style and script of the pages for people who sign in',
  handle: (request, response) => assets.handle(request, response, {}),
});
