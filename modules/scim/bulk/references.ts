import { isObject, type Resource } from '../resource/resource.ts';

/** What takes the place of a reference: the id of the resource that an operation made. */
export type IdOf = (bulkId: string) => string;

const PREFIX = 'bulkId:';

/** `"bulkId:x"` between quotes, as in the path `members[value eq "bulkId:x"]`. */
const inFilter = /"bulkId:((?:[^"\\]|\\.)*)"/g;

/**
 * Puts ids in the place of references (RFC 7644 §3.7.2) in the data of an operation: `"bulkId:x"` as any value at any
 * depth, at the end of a `$ref`, and in the filters of PATCH paths, also where these are keys. Answers a copy.
 */
export function resolveData(data: unknown, idOf: IdOf): unknown {
  return resolve(data, '', idOf);
}

/** The same in the path of an operation, such as `/Groups/bulkId:x`. */
export function resolvePath(path: string, idOf: IdOf): string {
  return path.includes(PREFIX)
    ? path
        .split('/')
        .map((segment) =>
          segment.startsWith(PREFIX) ? encodeURIComponent(idOf(segment.slice(PREFIX.length))) : segment,
        )
        .join('/')
    : path;
}

/** The bulkIds that an operation refers to. */
export function referencesOf(operation: { readonly path: string; readonly data?: unknown }): ReadonlySet<string> {
  const found = new Set<string>();
  const note = (bulkId: string): string => {
    found.add(bulkId);
    return '';
  };
  resolvePath(operation.path, note);
  resolveData(operation.data, note);
  return found;
}

/** Recurses as deeply as the body is nested, which was checked when it was read. */
function resolve(value: unknown, key: string, idOf: IdOf): unknown {
  if (typeof value === 'string') return resolveText(value, key, idOf);
  if (Array.isArray(value)) return value.map((element) => resolve(element, key, idOf));
  if (!isObject(value)) return value;
  const resolved: Resource = {};
  for (const name of Object.keys(value)) {
    const as = name.includes('[') ? resolveFilters(name, idOf) : name;
    resolved[as] = resolve(value[name], name, idOf);
  }
  return resolved;
}

function resolveText(text: string, key: string, idOf: IdOf): string {
  if (!text.includes(PREFIX)) return text;
  if (text.startsWith(PREFIX)) return idOf(text.slice(PREFIX.length));
  const name = key.toLowerCase();
  if (name === 'path') return resolveFilters(text, idOf);
  const last = text.lastIndexOf('/') + 1;
  return name === '$ref' && text.startsWith(PREFIX, last)
    ? text.slice(0, last) + encodeURIComponent(idOf(text.slice(last + PREFIX.length)))
    : text;
}

function resolveFilters(text: string, idOf: IdOf): string {
  return text.replaceAll(inFilter, (whole, escaped: string) => {
    const bulkId = unquoted(escaped);
    return bulkId === undefined ? whole : JSON.stringify(idOf(bulkId));
  });
}

/** Malformed escapes are left to the parser of the path, which says where they are. */
function unquoted(escaped: string): string | undefined {
  try {
    return JSON.parse(`"${escaped}"`) as string;
  } catch {
    return undefined;
  }
}
