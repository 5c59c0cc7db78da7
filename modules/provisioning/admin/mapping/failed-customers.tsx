import { Badge } from '../../../admin/index.ts';
import type { ImpactedCustomer } from '../../impact/impact.ts';

/** Customers that fail are kept with the counts of a run, as many as these; its file or report has all. */
export const keptFailures = 20;

/** Somebody whom a mapping can't be applied to. */
export type FailedCustomer = Pick<ImpactedCustomer, 'customerId' | 'userName' | 'message' | 'cure'>;

/** Who they are, why, and what to do about it; nothing where there is nobody. */
export const FailedCustomers = ({ failures, word }: { failures: readonly FailedCustomer[]; word: string }) =>
  failures.length === 0 ? null : (
    <ul class="impact-examples">
      {failures.map(({ customerId, userName, message, cure }) => (
        <li key={customerId}>
          <a href={`/admin/customers/${customerId}`}>{userName}</a> <Badge tone="bad">{word}</Badge> {message}{' '}
          <span class="muted">{cure}</span>
        </li>
      ))}
    </ul>
  );
