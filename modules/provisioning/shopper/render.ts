import type { ConnectionMapping, MappedValue } from '../../attribute-mapping/index.ts';
import { type CustomerState, isLockedOut } from '../../customer/index.ts';
import { type Resource, schemasOf, versionOf } from '../../scim/index.ts';
import { rowValue } from '../user/reconcile.ts';
import { dateTime } from '../user/render.ts';
import { shownTargets } from '../user/shown-targets.ts';
import { identifiersOf } from '../user/unmanaged.ts';

/** What the mapping says of a shopper by its inverse: nobody has sent anything yet, so all of it is the store's. */
function documentOf(customer: CustomerState, mapping: ConnectionMapping): Resource {
  const { attributes } = customer;
  const email = String(attributes.email);
  const values = new Map<string, MappedValue>();
  for (const target of shownTargets(mapping)) {
    const value = target === 'is_active' || !mapping.hasInverse(target) ? null : rowValue(customer, target);
    if (value !== null) values.set(target, value);
  }
  const document = mapping.toUser(identifiersOf(email), values);
  // Whatever a mapping reads userName into: nobody has given one, and the e-mail address is what it would be taken over by.
  return { ...document, userName: email, active: attributes.is_active !== 0 && !isLockedOut(customer) };
}

/** A customer that no connection manages as the SCIM user that the mapping would make of it; `meta.version` is a digest of that. */
export function renderShopper(customer: CustomerState, mapping: ConnectionMapping, baseUrl: string): Resource {
  const id = String(customer.id);
  const document = documentOf(customer, mapping);
  const shown: Resource = { schemas: schemasOf(document, mapping.resourceType()), id, ...document };
  return {
    ...shown,
    meta: {
      resourceType: 'User',
      created: dateTime(String(customer.attributes.created_at)),
      lastModified: dateTime(String(customer.attributes.updated_at)),
      location: `${baseUrl}/Users/${id}`,
      version: versionOf(shown),
    },
  };
}
