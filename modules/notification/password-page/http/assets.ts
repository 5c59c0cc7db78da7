import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HttpError, route } from '../../../framework/index.ts';
import { passwordPath } from '../place.ts';
import { passwordOperations } from './operations.ts';

const own = (name: string): Buffer => readFileSync(new URL(`../../assets/${name}`, import.meta.url));

const assets: ReadonlyMap<string, { readonly type: string; readonly content: Buffer }> = new Map([
  ['password.css', { type: 'text/css; charset=utf-8', content: own('password.css') }],
  ['password.js', { type: 'text/javascript; charset=utf-8', content: own('password.js') }],
]);

const addressOf = (name: string): string => {
  const digest = createHash('sha256')
    .update(assets.get(name)?.content ?? '')
    .digest('hex');
  return `${passwordPath}/~assets/${digest.slice(0, 12)}/${name}`;
};

/** Addresses of what the pages load. */
export const assetAddresses = { style: addressOf('password.css'), script: addressOf('password.js') } as const;

/** Style and script. Their addresses change with their content, so browsers may keep them for good. */
export const assetRoute = route(`GET ${passwordPath}/~assets/:version/:name`, {
  operation: passwordOperations.asset,
  public: 'style and script of the page that sets a password',
  handle(request, response) {
    const asset = assets.get(String(request.params.name));
    if (!asset) throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
    response
      .set('Content-Type', asset.type)
      .set('Cache-Control', 'public, max-age=31536000, immutable')
      .send(asset.content);
  },
});
