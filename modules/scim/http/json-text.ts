import { LIST_RESPONSE_SCHEMA, type Page } from '../messages/list-response.ts';
import type { Resource } from '../resource/resource.ts';
import type { ListResult } from './handler.ts';

/** By the object itself, so that whoever changes a copy of it leaves the text behind. */
const texts = new WeakMap<object, string>();
const textsOfLists = new WeakMap<object, () => readonly string[]>();

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

/**
 * A page whose resources can be had as JSON texts: they become objects only if somebody looks at them, and texts only if
 * everything is shown. A copy of the page is a page like any other.
 */
export function pageOfTexts(
  shown: () => readonly string[],
  resources: () => readonly Resource[],
  page: Omit<ListResult, 'resources'>,
): ListResult {
  let read: readonly Resource[] | undefined;
  const result: ListResult = {
    ...page,
    get resources() {
      read ??= resources();
      return read;
    },
  };
  textsOfLists.set(result, shown);
  return result;
}

/** The texts of {@link pageOfTexts}, if there are any. */
export const jsonTextsOf = (page: ListResult): readonly string[] | undefined => textsOfLists.get(page)?.();

/** What `listResponse` comes to as JSON, of resources that are text already. */
export function listResponseText(shown: readonly string[], page: Omit<Page, 'resources'>): string {
  const { totalResults, startIndex, nextCursor, previousCursor } = page;
  const head = { schemas: [LIST_RESPONSE_SCHEMA], totalResults, startIndex, itemsPerPage: shown.length };
  const start = JSON.stringify({ ...head, nextCursor, previousCursor });
  return `${start.slice(0, -1)},"Resources":[${shown.join(',')}]}`;
}
