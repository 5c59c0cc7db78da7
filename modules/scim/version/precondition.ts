import { preconditionFailed } from '../refusal.ts';

/**
 * Whether the value of an If-Match or If-None-Match header names the version. `*` names every one, a list names each of
 * its own. Tags are compared weakly, in the tag alone: SCIM's clients send `W/"…"` under If-Match (RFC 7644 §3.14),
 * and some leave the quotes out.
 */
export function namesVersion(header: string, version: string): boolean {
  if (header === version) return true;
  const wanted = opaque(version);
  return header.split(',').some((entry) => {
    const tag = entry.trim();
    return tag === '*' || opaque(tag) === wanted;
  });
}

/**
 * Throws 412 where the request carries If-Match and means another version than this one. Handlers call it once they
 * hold the row, so that of two writers who read the same version only one succeeds.
 */
export function requireMatch(context: { readonly ifMatch?: string }, version: string): void {
  const { ifMatch } = context;
  if (ifMatch === undefined || namesVersion(ifMatch, version)) return;
  throw preconditionFailed('The resource is no longer the version that If-Match names; read it again and repeat.');
}

function opaque(tag: string): string {
  const strong = tag.startsWith('W/') || tag.startsWith('w/') ? tag.slice(2) : tag;
  return strong.length > 1 && strong.startsWith('"') && strong.endsWith('"') ? strong.slice(1, -1) : strong;
}
