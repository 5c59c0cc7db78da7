import { annotation, type Resource } from '../../scim/index.ts';

const texts = annotation<string>();

/** How a stored document begins that says its schemas itself, as all do that are written now. */
const beginning = '{"schemas":["';

/** The JSON text of a document, made once however often it is stored, digested and answered. Documents never change. */
export function documentText(document: Resource): string {
  let text = texts.get(document);
  if (text === undefined) {
    text = JSON.stringify(document);
    texts.set(document, text);
  }
  return text;
}

/**
 * The JSON text of a user between whose `id` and `meta` the document stands as it is stored; undefined for a document that
 * was stored without its schemas.
 */
export function userText(
  id: string,
  document: string,
  groups: readonly Resource[],
  meta: UserMeta,
): string | undefined {
  if (!document.startsWith(beginning)) return undefined;
  const memberships = groups.length === 0 ? '' : `,"groups":${JSON.stringify(groups)}`;
  return `{"id":"${id}",${document.slice(1, -1)}${memberships},"meta":${metaText(meta)}}`;
}

/** `meta` of a user (RFC 7643 §3.1). */
export interface UserMeta {
  readonly resourceType: 'User';
  readonly created: string;
  readonly lastModified: string;
  readonly location: string;
  /** `W/"…"`, base64url within. */
  readonly version: string;
}

/** What `JSON.stringify` makes of it: only the location could hold what JSON escapes. */
const metaText = ({ resourceType, created, lastModified, location, version }: UserMeta): string =>
  `{"resourceType":"${resourceType}","created":"${created}","lastModified":"${lastModified}","location":${quoted(location)},"version":"W/\\"${version.slice(3, -1)}\\""}`;

const plain = /^[\w:/.[\]-]*$/;
const quoted = (text: string): string => (plain.test(text) ? `"${text}"` : JSON.stringify(text));
