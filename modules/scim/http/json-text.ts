import { LIST_RESPONSE_SCHEMA, type Page } from '../messages/list-response.ts';
import { annotation } from '../resource/annotation.ts';
import type { Resource } from '../resource/resource.ts';
import type { ListResult } from './handler.ts';

/** By the object itself, so that whoever changes a copy of it leaves the text behind. */
const texts = annotation<string>();

/**
 * Remembers the JSON text of a whole resource where it is at hand, so that an answer that shows everything is not written
 * anew. Nobody may change the object afterwards; a changed copy has no text.
 */
export function withJsonText(resource: Resource, text: string): Resource {
  texts.set(resource, text);
  return resource;
}

/** The text of {@link withJsonText}, if there is one. */
export const jsonTextOf = (resource: Resource): string | undefined => texts.get(resource);

/** A page of {@link pageOfTexts}: its texts, and its resources once somebody has looked at them. */
interface Lazy {
  readonly texts: () => readonly string[];
  readonly resources: () => readonly Resource[];
  read?: readonly Resource[];
}

const pages = annotation<Lazy>();

/**
 * One getter for all pages: with one of its own, every page would have a shape of its own in V8, which keeps the page until
 * the next full garbage collection.
 */
const resources: PropertyDescriptor & ThisType<object> = {
  enumerable: true,
  get() {
    const page = pages.get(this);
    if (page) page.read ??= page.resources();
    return page?.read ?? [];
  },
};

/**
 * A page whose resources can be had as JSON texts: they become objects only if somebody looks at them, and texts only if
 * everything is shown. A copy of the page is a page like any other.
 */
export function pageOfTexts(
  texts: () => readonly string[],
  resourcesOf: () => readonly Resource[],
  page: Omit<ListResult, 'resources'>,
): ListResult {
  const result = Object.defineProperty({ ...page }, 'resources', resources) as ListResult;
  pages.set(result, { texts, resources: resourcesOf });
  return result;
}

/** The texts of {@link pageOfTexts}, if there are any. */
export const jsonTextsOf = (page: ListResult): readonly string[] | undefined => pages.get(page)?.texts();

/** What `listResponse` comes to as JSON, of resources that are text already. */
export function listResponseText(shown: readonly string[], page: Omit<Page, 'resources'>): string {
  const { totalResults, startIndex, nextCursor, previousCursor } = page;
  const head = { schemas: [LIST_RESPONSE_SCHEMA], totalResults, startIndex, itemsPerPage: shown.length };
  const start = JSON.stringify({ ...head, nextCursor, previousCursor });
  return `${start.slice(0, -1)},"Resources":[${shown.join(',')}]}`;
}
