import type { Endpoint } from '../endpoint/endpoint.ts';
import { headingsOf } from '../endpoint/headings.ts';
import { openApiDocument } from '../openapi/document.ts';
import { postmanCollection } from '../postman/collection.ts';
import { chapter, overview } from './markdown.ts';

const asJson = (value: unknown): string => `${JSON.stringify(value, undefined, 1)}\n`;

/** The documentation as files: name → content. The same for the same endpoints and address. */
export function docsFiles(endpoints: readonly Endpoint[], baseUrl: string): ReadonlyMap<string, string> {
  const headings = headingsOf(endpoints);
  return new Map([
    ['README.md', overview(headings)],
    ...headings.map((heading) => [`${heading.slug}.md`, chapter(heading)] as const),
    ['openapi.json', asJson(openApiDocument(endpoints, baseUrl))],
    ['postman.json', asJson(postmanCollection(endpoints, baseUrl))],
  ]);
}
