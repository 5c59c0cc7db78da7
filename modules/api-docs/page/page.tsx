import { renderToString } from 'preact-render-to-string';
import { HOST_VERSION, type JsonSchema, type SecurityScheme } from '../../framework/index.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { type Heading, headingsOf } from '../endpoint/headings.ts';
import { titleOf } from '../endpoint/names.ts';
import { openApiDocument } from '../openapi/document.ts';
import { OperationCard } from './operation.tsx';
import { SchemaList } from './schema.tsx';

export interface PageAssets {
  readonly style: string;
  readonly script: string;
}

/** The page that shows every operation and lets people try it. Without JavaScript it can be read. */
export function docsPage(endpoints: readonly Endpoint[], baseUrl: string, assets: PageAssets): string {
  const headings = headingsOf(endpoints);
  const schemes = new Map(endpoints.flatMap(({ security }) => security).map((scheme) => [scheme.name, scheme]));
  const { schemas } = openApiDocument(endpoints, baseUrl).components as { schemas: Record<string, JsonSchema> };
  const html = renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>API · Vestibule</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets.style} />
        <script src={assets.script} defer />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <Contents headings={headings} />
        <main id="main" tabIndex={-1}>
          <header class="head">
            <h1>The API</h1>
            <p>
              Vestibule {HOST_VERSION} at <code>{baseUrl}</code>. As a file: <a href="/openapi.json">OpenAPI 3.1</a>,{' '}
              <a href="/docs/api/postman.json">Postman collection</a>.
            </p>
          </header>
          <Tokens schemes={[...schemes.values()]} />
          {headings.map((heading) => (
            <section id={heading.slug} key={heading.slug} aria-labelledby={`${heading.slug}-title`}>
              <h2 id={`${heading.slug}-title`}>{heading.title}</h2>
              {heading.endpoints.map((endpoint) => (
                <OperationCard endpoint={endpoint} key={endpoint.id} />
              ))}
            </section>
          ))}
          <SchemaList schemas={schemas} />
        </main>
      </body>
    </html>,
  );
  return `<!doctype html>${html}`;
}

const Contents = ({ headings }: { headings: readonly Heading[] }) => (
  <nav class="contents" aria-label="Contents">
    <p class="brand">Vestibule</p>
    <label class="find" hidden>
      Find an operation
      <input type="search" id="find" autocomplete="off" placeholder="webhook, DELETE …" />
    </label>
    <ul>
      {headings.map(({ slug, title, endpoints }) => (
        <li key={slug}>
          <a href={`#${slug}`}>
            {title} <span class="count">{endpoints.length}</span>
          </a>
        </li>
      ))}
      <li>
        <a href="#schemas">Schemas</a>
      </li>
    </ul>
  </nav>
);

const Tokens = ({ schemes }: { schemes: readonly SecurityScheme[] }) => (
  <section class="tokens" aria-labelledby="tokens-title">
    <h2 id="tokens-title">Who calls</h2>
    <p>Tokens stay in this page and are gone when it is closed. The administration’s login is not used.</p>
    <div class="token-grid">
      {schemes.map(({ name, variable, description, scheme }) => (
        <div class="field" key={name}>
          <label for={`token-${name}`}>
            {titleOf(name)} <code>{variable}</code>
          </label>
          <input
            id={`token-${name}`}
            type="password"
            autocomplete="off"
            spellcheck={false}
            aria-describedby={`token-${name}-help`}
            data-header={scheme.type === 'http' ? 'Authorization' : scheme.name}
            data-prefix={scheme.type === 'http' ? 'Bearer ' : ''}
          />
          <p class="help" id={`token-${name}-help`}>
            {description.replaceAll('`', '')}
          </p>
        </div>
      ))}
    </div>
  </section>
);
