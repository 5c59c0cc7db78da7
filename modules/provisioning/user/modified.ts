import type { ModifiedAttribute } from '../../activity/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import { isObject, type Resource, sameJson } from '../../scim/index.ts';
import { newsletterTarget } from './newsletter.ts';
import { type Changes, rowValue, valuesOf } from './reconcile.ts';

/** A user as it was and as it is after a request. */
export interface Revision {
  readonly before: Resource;
  readonly after: Resource;
  /** The customer's row before the change. */
  readonly customer: CustomerState;
  readonly changes: Changes;
}

/**
 * What a request modified, for the record: attributes of the customer by their codes, then what changed in the user and shows in
 * none of them. Documents are compared down to the members of singular attributes; lists are told of whole.
 */
export function modifiedOf({ before, after, customer, changes }: Revision): ModifiedAttribute[] {
  const modified: ModifiedAttribute[] = [];
  const told = new Set<unknown>();
  const { newsletter } = changes;
  const wanted = valuesOf(changes);
  if (newsletter) wanted[newsletterTarget] = Number(newsletter.subscribed);
  for (const target of changes.targets) {
    const value = wanted[target] ?? null;
    modified.push({ attribute: target, before: rowValue(customer, target), after: value });
    told.add(value);
  }
  compare(modified, told, '', before, after);
  return modified;
}

/** What a new customer starts with. */
export function modifiedAtCreation(mapped: Parameters<typeof valuesOf>[0]): ModifiedAttribute[] {
  const values = valuesOf(mapped);
  const modified: ModifiedAttribute[] = [];
  for (const target in values) {
    const after = values[target];
    if (after !== null && after !== undefined) modified.push({ attribute: target, after });
  }
  return modified;
}

function compare(
  modified: ModifiedAttribute[],
  told: ReadonlySet<unknown>,
  prefix: string,
  before: Resource,
  after: Resource,
): void {
  const look = (name: string): void => {
    const [was, is] = [before[name], after[name]];
    if (was === is || sameJson(was, is)) return;
    const attribute = prefix + name;
    if (prefix === '' && (isObject(was) || isObject(is))) {
      const inner = `${attribute}${attribute.startsWith('urn:') ? ':' : '.'}`;
      compare(modified, told, inner, isObject(was) ? was : {}, isObject(is) ? is : {});
    } else if (is === undefined || !told.has(is)) {
      modified.push({
        attribute,
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      });
    }
  };
  for (const name in before) look(name);
  for (const name in after) if (before[name] === undefined) look(name);
}
