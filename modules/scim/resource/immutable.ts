import { mutability } from '../refusal.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { isObject, isUnassigned, type Resource, sameJson } from './resource.ts';

/**
 * RFC 7644 §3.5.1: what a PUT says of an immutable attribute must be what the resource has, if it has a value. Handlers
 * call it with the stored resource and the received one. Elements of lists are whole values: they come and go as they
 * like, whatever is immutable within them.
 */
export function checkImmutable(stored: Resource, received: Resource, type: ResourceType): void {
  check(stored, received, type.schema.attributes, '');
  for (const { schema } of type.extensions) {
    check(membersOf(stored[schema.id]), membersOf(received[schema.id]), schema.attributes, `${schema.id}:`);
  }
}

function check(stored: Resource, received: Resource, attributes: readonly AttributeDefinition[], prefix: string): void {
  for (const attribute of attributes) {
    const { name, multiValued, subAttributes } = attribute;
    const before = stored[name];
    if (isUnassigned(before)) continue;
    const where = `${prefix}${name}`;
    if (attribute.mutability === 'immutable') {
      if (!sameJson(before, received[name]))
        throw mutability(`${where} is immutable: it is set and cannot be changed.`);
    } else if (!multiValued && subAttributes.length > 0) {
      check(membersOf(before), membersOf(received[name]), subAttributes, `${where}.`);
    }
  }
}

const membersOf = (value: unknown): Resource => (isObject(value) ? value : {});
