import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HttpError, route } from '../../framework/index.ts';
import type { AssetAddresses } from '../kit/document.tsx';
import { assetOperation } from './operations.ts';

const own = (name: string): Buffer => readFileSync(new URL(`../assets/${name}`, import.meta.url));

interface Asset {
  readonly type: string;
  readonly content: Buffer;
}

/** Read once: they are the same for everybody and change with the program only. */
const assets: ReadonlyMap<string, Asset> = new Map<string, Asset>([
  ['style.css', { type: 'text/css; charset=utf-8', content: own('style.css') }],
  ['shell.js', { type: 'text/javascript; charset=utf-8', content: own('shell.js') }],
  ['icon.svg', { type: 'image/svg+xml', content: own('icon.svg') }],
  [
    'htmx.js',
    {
      type: 'text/javascript; charset=utf-8',
      content: readFileSync(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js')),
    },
  ],
]);

const addressOf = (name: string): string => {
  const digest = createHash('sha256')
    .update(assets.get(name)?.content ?? '')
    .digest('hex');
  return `/admin/assets/${digest.slice(0, 12)}/${name}`;
};

export const assetAddresses: AssetAddresses = {
  style: addressOf('style.css'),
  htmx: addressOf('htmx.js'),
  shell: addressOf('shell.js'),
  icon: addressOf('icon.svg'),
};

/** Style and scripts. Their addresses change with their content, so browsers may keep them for good. */
export const assetRoute = route('GET /admin/assets/:version/:name', {
  operation: assetOperation,
  area: 'admin',
  public: 'style and scripts of the administration, the same for everybody and needed to log in',
  handle(request, response) {
    const asset = assets.get(String(request.params.name));
    if (!asset) throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
    response
      .set('Content-Type', asset.type)
      .set('Cache-Control', 'public, max-age=31536000, immutable')
      .send(asset.content);
  },
});
