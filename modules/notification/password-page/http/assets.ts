import { route } from '../../../framework/index.ts';
import { visitorAssets } from '../../../store/index.ts';
import { passwordPath } from '../place.ts';
import { passwordOperations } from './operations.ts';

const own = (name: string): URL => new URL(`../../assets/${name}`, import.meta.url);

export const assets = visitorAssets(`${passwordPath}/~assets`, {
  style: own('password.css'),
  script: own('password.js'),
});

export const assetRoute = route(`GET ${passwordPath}/~assets/:version/:name`, {
  operation: passwordOperations.asset,
  public: 'style and script of the page that sets a password',
  handle: (request, response) => assets.handle(request, response, {}),
});
