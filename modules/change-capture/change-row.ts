import { type CapturedChange, type ChangeAspect, type ChangeKind, changeAspects } from './captured-change.ts';

/** A row of `vestibule_change`. */
export interface ChangeRow {
  readonly change_id: number;
  readonly kind: ChangeKind;
  readonly customer_id: number;
  readonly website_id: number | null;
  readonly address_id: number | null;
  readonly aspects: number;
  readonly own: number;
  readonly cause: string | null;
  readonly at_ms: number;
}

/** The same as it is read: a trigger may not know whose address it saw. */
export type StoredChange = Omit<ChangeRow, 'customer_id'> & { readonly customer_id: number | null };

/** The bit that stands for an aspect in a row: 1, 2, 4 in the order of `changeAspects`. */
export const aspectBit = (aspect: ChangeAspect): number => 1 << changeAspects.indexOf(aspect);

/** Columns whose change nobody is told of: they change with every log-in, or with everything else. */
export const silentColumns: ReadonlySet<string> = new Set([
  'updated_at',
  'failures_num',
  'first_failure',
  'lock_expires',
  'session_cutoff',
  'rp_token',
  'rp_token_created_at',
]);

const groupColumns: ReadonlySet<string> = new Set(['group_id', 'disable_auto_group_change']);

/** What the change of a column or attribute is about; undefined where nobody is told of it. */
export function aspectOf(code: string): ChangeAspect | undefined {
  if (silentColumns.has(code)) return undefined;
  if (code === 'password_hash') return 'password';
  return groupColumns.has(code) ? 'group' : 'profile';
}

/** The row as others see it. */
export const toChange = (row: ChangeRow): CapturedChange => ({
  id: row.change_id,
  kind: row.kind,
  customerId: row.customer_id,
  websiteId: row.website_id,
  addressId: row.address_id,
  aspects: changeAspects.filter((aspect) => (row.aspects & aspectBit(aspect)) !== 0),
  own: row.own === 1,
  cause: row.cause,
  atMs: row.at_ms,
});
