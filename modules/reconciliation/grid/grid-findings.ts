import type { Activities } from '../../activity/index.ts';
import type { CustomerGrid, CustomerState, Customers } from '../../customer/index.ts';
import type { Clock, Database, Transaction } from '../../framework/index.ts';
import type { ComparedCustomer } from '../../provisioning/index.ts';
import type { Cure, Finding, FindingPlace, GridKind } from '../finding.ts';
import { kinds } from '../kind/kinds.ts';

type Found = Omit<Finding, 'connection'>;

/** Rows of the grid that are read together. */
const together = 1000;

const finding = (
  kind: GridKind,
  part: Pick<Found, 'customerId' | 'connectionId' | 'subject' | 'values' | 'cures'>,
): Found => ({
  kind,
  severity: kinds[kind].severity,
  groupId: null,
  attribute: null,
  ...part,
});

/** The customer's row of the grid, told like other values: before is what it should say. */
function judged(
  customer: Pick<CustomerState, 'id'>,
  differences: Awaited<ReturnType<CustomerGrid['differences']>>,
): (Pick<Found, 'values'> & { readonly kind: GridKind }) | undefined {
  const found = differences.get(customer.id);
  if (found === undefined) return undefined;
  if (found === 'missing')
    return { kind: 'grid-missing', values: [{ attribute: 'grid row', before: customer.id, after: null }] };
  const values = found.map(({ column, expected, found: after }) => ({ attribute: column, before: expected, after }));
  return { kind: 'grid-stale', values };
}

/** Findings of the store's list of customers. */
export interface GridFindings {
  ofCustomers(customers: readonly ComparedCustomer[]): Promise<readonly Found[]>;
  /** Rows whose customer is gone, a batch at a time. */
  orphans(): AsyncGenerator<readonly Found[]>;
  /** False where it holds no more. */
  cure(tx: Transaction, place: FindingPlace, cure: Cure, by: string): Promise<boolean>;
}

export interface GridParts {
  readonly database: Database;
  readonly grid: CustomerGrid;
  readonly customers: Customers;
  readonly activities: Activities;
  readonly clock: Clock;
}

export function createGridFindings({ database, grid, customers, activities, clock }: GridParts): GridFindings {
  async function settle(tx: Transaction, { kind, customerId }: FindingPlace): Promise<boolean> {
    const id = customerId ?? 0;
    if (kind === 'grid-orphaned') return grid.removeOrphan(tx, id);
    const customer = await customers.byId(tx, id, { forUpdate: true });
    if (!customer || judged(customer, await grid.differences(tx, [customer]))?.kind !== kind) return false;
    await grid.rewrite(tx, customer);
    return true;
  }
  return {
    async ofCustomers(compared) {
      const differences = await grid.differences(
        database,
        compared.map(({ customer }) => customer),
      );
      return compared.flatMap(({ customer, connectionId, subject }) => {
        const found = judged(customer, differences);
        if (!found) return [];
        return [
          finding(found.kind, {
            customerId: customer.id,
            connectionId,
            subject,
            values: found.values,
            cures: ['rewrite'],
          }),
        ];
      });
    },
    async *orphans() {
      for (let after = 0; ; ) {
        const rows = await grid.next(database, after, together);
        yield rows
          .filter(({ orphaned }) => orphaned)
          .map(({ id }) =>
            finding('grid-orphaned', {
              customerId: id,
              connectionId: null,
              subject: null,
              values: [{ attribute: 'grid row', before: null, after: id }],
              cures: ['remove'],
            }),
          );
        const last = rows.at(-1);
        if (!last || rows.length < together) return;
        after = last.id;
      }
    },
    async cure(tx, place, cure, by) {
      if (!(await settle(tx, place))) return false;
      activities.record(tx, {
        at: clock.now(),
        operation: 'customer.reconcile',
        outcome: 'done',
        status: 200,
        actor: by,
        ...(place.customerId === null ? {} : { customerId: place.customerId }),
        ...(place.connectionId === null ? {} : { connectionId: place.connectionId }),
        notes: [`Reconciled: ${place.kind}, cured by "${cure}".`],
      });
      return true;
    },
  };
}
