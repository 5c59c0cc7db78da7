import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import { evaluate, type Filter, forbidden, parseFilter, type Resource, type ResourceType } from '../../scim/index.ts';

/** Filters by the type of user that they speak of: parsed once for as long as the mapping and the text stay. */
const parsed = new WeakMap<ResourceType, Map<string, Filter | undefined>>();
const mostParsed = 100;

/** Undefined for a filter whose attributes the mapping has lost since it was set. */
function filterOf(type: ResourceType, text: string): Filter | undefined {
  let known = parsed.get(type);
  if (!known || known.size >= mostParsed) {
    known = new Map();
    parsed.set(type, known);
  }
  if (!known.has(text)) known.set(text, readFilter(type, text));
  return known.get(text);
}

function readFilter(type: ResourceType, text: string): Filter | undefined {
  try {
    return parseFilter(text, type);
  } catch {
    return undefined;
  }
}

/** Why a user is none of this connection's, or undefined. */
function scopeRefusal({ code, policy }: Connection, mapping: ConnectionMapping, user: Resource): string | undefined {
  if (policy.scope === null) return undefined;
  const cure = `Policies and Safeguards in the administration (connection:set --code ${code} --scope) changes it`;
  const filter = filterOf(mapping.resourceType(), policy.scope);
  if (!filter)
    return `The scope of the connection "${code}" can't be read any more, so nobody is in it: ${policy.scope}; ${cure}.`;
  return evaluate(filter, user)
    ? undefined
    : `This user is out of scope: the connection "${code}" serves only users with ${policy.scope}; ${cure}.`;
}

/**
 * Creating and changing is for users in scope, judged by what the request makes of them. Whoever left the scope can still
 * be deactivated, and deleted.
 *
 * @throws ScimError 403 that names the filter
 */
export function requireInScope(
  connection: Connection,
  mapping: ConnectionMapping,
  user: Resource,
  deactivates = false,
): void {
  if (deactivates) return;
  const refusal = scopeRefusal(connection, mapping, user);
  if (refusal !== undefined) throw forbidden(refusal);
}
