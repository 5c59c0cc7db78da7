import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A page for people who come to the store: customers, and whoever signs in. */
export interface VisitorPage {
  readonly title: string;
  /** The store, as its customers know it. */
  readonly shop?: string | undefined;
  readonly body: ComponentChildren;
  /** Address of a script of ours that the page loads. */
  readonly script?: string | undefined;
  /** Nobody may hear of the address that the page stands at. */
  readonly secret?: boolean;
}

/** The whole HTML document. `style` is the address of the stylesheet. */
export function visitorDocument({ title, shop, body, script, secret }: VisitorPage, style: string): string {
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        {secret === true && <meta name="referrer" content="no-referrer" />}
        <title>{shop === undefined ? title : `${title} · ${shop}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={style} />
        {script !== undefined && <script src={script} defer />}
      </head>
      <body>
        <main>
          {shop !== undefined && (
            <p class="shop" dir="auto">
              {shop}
            </p>
          )}
          <h1>{title}</h1>
          {body}
        </main>
      </body>
    </html>,
  );
  return `<!doctype html>${html}`;
}
