import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A page for a customer who comes from a mail. */
export interface Page {
  readonly title: string;
  /** The store, as its customers know it. */
  readonly shop: string;
  readonly body: ComponentChildren;
}

/** The whole HTML document. `assets` are the addresses of what it loads. */
export function documentOf(
  { title, shop, body }: Page,
  assets: { readonly style: string; readonly script: string },
): string {
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <meta name="referrer" content="no-referrer" />
        <title>{`${title} · ${shop}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets.style} />
        <script src={assets.script} defer />
      </head>
      <body>
        <main>
          <p class="shop" dir="auto">
            {shop}
          </p>
          <h1>{title}</h1>
          {body}
        </main>
      </body>
    </html>,
  );
  return `<!doctype html>${html}`;
}
