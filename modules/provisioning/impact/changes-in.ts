import type { MappedValue } from '../../attribute-mapping/index.ts';
import { modifiedOf } from '../user/modified.ts';
import type { Changes } from '../user/reconcile.ts';
import type { UserRecord } from '../user/user-record.ts';
import type { ImpactedCustomer } from './impact.ts';

const shown = (value: unknown): MappedValue =>
  typeof value === 'string' || typeof value === 'number'
    ? value
    : value === undefined || value === null
      ? null
      : String(value);

/** What changes in a customer, with the values before and after, as a record would tell it. */
export const changesIn = ({ document, customer }: UserRecord, changes: Changes): ImpactedCustomer['changes'] =>
  modifiedOf({ before: document, after: document, customer, changes }).map(({ attribute, before, after }) => ({
    target: attribute,
    before: shown(before),
    after: shown(after),
  }));
