import { isObject, isUnassigned, normalizeResource, type Resource, ScimError } from '../../scim/index.ts';
import { userType } from '../compile/resource-type.ts';
import { flatAddressSources } from '../preset/rows.ts';
import { parseSource } from '../source/path.ts';
import type { Requirement } from './requirement.ts';

/** A requirement with what the last payload says of it. */
export interface RequirementState {
  readonly requirement: Requirement;
  readonly state: 'present' | 'missing' | 'never-seen';
}

const type = userType({ declared: flatAddressSources, offered: [], passwords: false });

/**
 * Which requirements a payload meets: the body of a POST or PUT as it came, masked or not, or a user as it is kept. Without
 * one, nothing has been seen yet. What the store gives itself is present as soon as there is a payload.
 */
export function stateOf(requirements: readonly Requirement[], payload?: unknown): readonly RequirementState[] {
  if (!isObject(payload)) return requirements.map((requirement) => ({ requirement, state: 'never-seen' }));
  const user = understood(payload);
  return requirements.map((requirement) => ({ requirement, state: isMet(requirement, user) ? 'present' : 'missing' }));
}

/** The payload in the schemas' spelling; as it is, where masking has left values that no schema takes. */
function understood(payload: Resource): Resource {
  try {
    return normalizeResource(payload, type).resource;
  } catch (error) {
    if (error instanceof ScimError) return payload;
    throw error;
  }
}

const isMet = ({ paths }: Requirement, user: Resource): boolean =>
  paths.length === 0 || paths.some((path) => isSaid(parseSource(path, type).read(user)));

const isSaid = (value: unknown): boolean => !isUnassigned(value) && (typeof value !== 'string' || value.trim() !== '');
