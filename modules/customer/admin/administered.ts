import type { Visit } from '../../admin/index.ts';
import type { Events, Transaction } from '../../framework/index.ts';
import type { Attributes, CustomerState } from '../customer.ts';
import { type CustomerAct, CustomerAdministered } from '../customer-event.ts';

interface ModifiedValue {
  readonly attribute: string;
  readonly before: Attributes[string];
  readonly after: Attributes[string];
}

/** What differs among these attributes; `prefix` stands before their names. */
export function modifiedIn(
  before: Attributes,
  after: Attributes,
  codes: readonly string[],
  prefix = '',
): readonly ModifiedValue[] {
  return codes.flatMap((code) => {
    const [was, is] = [before[code] ?? null, after[code] ?? null];
    return was === is ? [] : [{ attribute: `${prefix}${code}`, before: was, after: is }];
  });
}

/** Who acts, as events and records name them. */
export type Acting = Pick<Visit, 'signedIn'>;
export const nameOfActing = ({ signedIn }: Acting): string => signedIn?.user ?? 'administration';

/** Tells, within the transaction, what an administrator did to a customer. */
export async function administered(
  events: Events,
  tx: Transaction,
  acting: Acting,
  done: { readonly act: CustomerAct; readonly customer: CustomerState; readonly modified: readonly ModifiedValue[] },
): Promise<void> {
  const { id, attributes } = done.customer;
  const email = typeof attributes.email === 'string' ? attributes.email : '';
  const by = nameOfActing(acting);
  await events.emit(CustomerAdministered, { id, act: done.act, email, by, modified: done.modified }, tx);
}
