import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

interface Asset {
  readonly type: string;
  readonly content: Buffer;
}

const own = (name: string): Buffer => readFileSync(new URL(`../assets/${name}`, import.meta.url));

/** Read once: they are the same for everybody and change with the program only. */
const assets: ReadonlyMap<string, Asset> = new Map([
  ['style.css', { type: 'text/css; charset=utf-8', content: own('style.css') }],
  ['try-it.js', { type: 'text/javascript; charset=utf-8', content: own('try-it.js') }],
]);

const addressOf = (name: string): string => {
  const digest = createHash('sha256')
    .update(assets.get(name)?.content ?? '')
    .digest('hex');
  return `/docs/api/assets/${digest.slice(0, 12)}/${name}`;
};

/** What the page loads. The addresses change with the content, so browsers may keep them for good. */
export const assetAddresses = { style: addressOf('style.css'), script: addressOf('try-it.js') } as const;

export const assetOf = (name: string): Asset | undefined => assets.get(name);
