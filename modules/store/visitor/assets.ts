import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HttpError, type Route } from '../../framework/index.ts';

const common = new URL('../assets/visitor.css', import.meta.url);

/** What a room's pages for visitors load. */
export interface VisitorAssets {
  /** Address of the stylesheet, `style.css`: what all such pages have in common, and then the room's own. */
  readonly style: string;
  /** Address of the script; its name is that of its file. */
  readonly script: string;
  /** Serves both, to a route `GET <path>/:version/:name`. */
  readonly handle: Route['handle'];
}

/**
 * Style and script of a room's pages for visitors, served below a path of the room's. Their addresses change with their
 * content, so browsers may keep them for good.
 */
export function visitorAssets(path: string, own: { readonly style: URL; readonly script: URL }): VisitorAssets {
  const [style, script] = ['style.css', own.script.pathname.split('/').at(-1) ?? ''];
  const assets = new Map([
    [style, { type: 'text/css; charset=utf-8', content: [common, own.style].map((file) => readFileSync(file)) }],
    [script, { type: 'text/javascript; charset=utf-8', content: [readFileSync(own.script)] }],
  ]);
  const addressOf = (name: string): string => {
    const digest = createHash('sha256');
    for (const part of assets.get(name)?.content ?? []) digest.update(part);
    return `${path}/${digest.digest('hex').slice(0, 12)}/${name}`;
  };
  return {
    style: addressOf(style),
    script: addressOf(script),
    handle(request, response) {
      const asset = assets.get(String(request.params.name));
      if (!asset) throw new HttpError(404, 'NOT_FOUND', 'There is nothing at this address.');
      response
        .set('Content-Type', asset.type)
        .set('Cache-Control', 'public, max-age=31536000, immutable')
        .send(Buffer.concat(asset.content));
    },
  };
}
