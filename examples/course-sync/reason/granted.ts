import type { CustomerMembership } from 'vestibule/provisioning';
import { keyOf } from '../course/checked-mapping.ts';
import type { Mapping } from '../course/mapping.ts';
import type { Reason } from './reason.ts';

/** What a customer is in at this moment. */
export interface Belonging {
  /** Null: the customer is gone. */
  readonly customerGroupId: number | null;
  readonly memberships: readonly CustomerMembership[];
}

/** The reasons that groups give: one for each mapping and each group that it means. */
export function grantedByGroups(mappings: readonly Mapping[], belonging: Belonging): readonly Reason[] {
  return mappings.flatMap((mapping) =>
    originsOf(mapping, belonging).map((origin) => ({
      mappingId: mapping.id,
      kind: mapping.kind,
      origin,
      course: mapping.course,
      kept: false,
    })),
  );
}

function originsOf(mapping: Mapping, { customerGroupId, memberships }: Belonging): readonly string[] {
  if (mapping.parting !== null || customerGroupId === null) return [];
  if (mapping.kind === 'customer-group')
    return mapping.customerGroupId === customerGroupId ? [String(customerGroupId)] : [];
  if (mapping.kind === 'product') return [];
  const name = keyOf(mapping.subject);
  return memberships
    .filter(
      ({ displayName, connectionId }) =>
        keyOf(displayName) === name && (mapping.connectionId === null || mapping.connectionId === connectionId),
    )
    .map(({ groupId }) => String(groupId));
}
