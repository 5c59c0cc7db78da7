import { type CustomerState, lockOutColumns, restoreColumns } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Plan } from './plan.ts';
import type { ImportServices } from './surroundings.ts';

type Services = Pick<ImportServices, 'customers' | 'newsletter' | 'passwords' | 'sessions'>;
type Written = Extract<Plan, { kind: 'create' | 'update' }>;

/**
 * Writes what was planned and answers the customer's id. Everything goes through the customer room, so the grid, the
 * observers and the captured changes are as with any other writer.
 */
export async function carryOut(services: Services, tx: Transaction, plan: Written, now: Date): Promise<number> {
  const { extras } = plan;
  let state = plan.kind === 'create' ? await create(services, tx, plan, now) : await update(services, tx, plan, now);
  for (const address of plan.addresses) state = await services.customers.saveAddress(tx, state, address, now);
  if (extras.passwordHash !== undefined) await services.passwords.set(tx, state.id, extras.passwordHash, now);
  if (extras.subscribe === true) await services.newsletter.subscribe(tx, state, now);
  if (extras.subscribe === false) await services.newsletter.unsubscribe(tx, state, now);
  return state.id;
}

/** Someone who comes deactivated is locked out from the first moment: the flag alone locks nobody out of Magento. */
function create(
  { customers }: Services,
  tx: Transaction,
  { draft, extras }: Extract<Plan, { kind: 'create' }>,
  now: Date,
): Promise<CustomerState> {
  const locked = extras.active === false ? lockOutColumns(now) : {};
  return customers.createState(tx, { ...draft, attributes: { ...draft.attributes, ...locked } }, now);
}

async function update(
  { customers, sessions }: Services,
  tx: Transaction,
  { current, attributes, extras }: Extract<Plan, { kind: 'update' }>,
  now: Date,
): Promise<CustomerState> {
  const { active } = extras;
  const standing =
    active === undefined
      ? {}
      : active
        ? restoreColumns({ lockExpires: current.attributes.lock_expires ?? null })
        : lockOutColumns(now);
  const state = await customers.update(tx, current, { ...attributes, ...standing }, now);
  if (active === false) sessions.end(tx, state.id, now);
  return state;
}
