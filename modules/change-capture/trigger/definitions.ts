import { createHash } from 'node:crypto';
import {
  type Catalogue,
  type Dialect,
  join,
  type RowTrigger,
  raw,
  type Sql,
  type StoredColumn,
  sql,
} from '../../framework/index.ts';
import { type ChangeAspect, type ChangeKind, changeAspects } from '../captured-change.ts';
import { aspectBit, aspectOf, silentColumns } from '../change-row.ts';

/** A trigger as it should be, with a mark that tells it from what an older version made, or for other columns. */
export interface CaptureTrigger {
  readonly trigger: RowTrigger;
  readonly mark: string;
}

/** What the names of all triggers of this room begin with. */
export const triggerNames = 'vestibule_customer_';

const backendTypes = ['datetime', 'decimal', 'int', 'text', 'varchar'] as const;
const events = { ai: 'INSERT', au: 'UPDATE', ad: 'DELETE' } as const;
type Moment = keyof typeof events;

interface Written {
  readonly kind: ChangeKind;
  readonly customer: Sql;
  readonly website?: Sql;
  readonly address?: Sql;
  readonly aspects?: Sql;
  /** Whether each of `changeAspects` has changed, in their order. */
  readonly flags?: readonly Sql[];
  readonly when?: Sql;
}

/**
 * Every trigger that captures what others write: after each row of the customers' tables that has really changed, one row
 * of `vestibule_change`. Columns are asked for, because a store's modules add some of their own. Tables that the store
 * does not have are left out.
 */
export async function captureTriggers(catalogue: Catalogue, dialect: Dialect): Promise<readonly CaptureTrigger[]> {
  const found: CaptureTrigger[] = [];
  for (const [table, written] of tables(dialect)) {
    const columns = await catalogue.columns(table);
    if (columns.length === 0) continue;
    for (const moment of Object.keys(events) as Moment[]) {
      const made = written(moment, columns);
      if (made) found.push(triggerFor(dialect, table, moment, made));
    }
  }
  return found;
}

function triggerFor(dialect: Dialect, table: string, moment: Moment, written: Written): CaptureTrigger {
  const { kind, customer, website, address, aspects, flags, when } = written;
  const trigger: RowTrigger = {
    name: `vestibule_${table}_${moment}`,
    table,
    after: events[moment],
    when,
    flags: flags && { column: 'aspects', of: flags },
    into: 'vestibule_change',
    row: {
      kind: raw(`'${kind}'`),
      customer_id: customer,
      ...(website ? { website_id: website } : {}),
      ...(address ? { address_id: address } : {}),
      ...(aspects ? { aspects } : {}),
      at_ms: dialect.triggers.nowMs,
    },
  };
  const text = dialect.triggers.create(trigger, '').sql;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { trigger, mark: `vestibule ${digest}` };
}

type TableTriggers = (moment: Moment, columns: readonly StoredColumn[]) => Written | undefined;

function tables(dialect: Dialect): readonly (readonly [string, TableTriggers])[] {
  return [
    ['customer_entity', customerTriggers(dialect)],
    ...backendTypes.map((type) => [`customer_entity_${type}`, valueTriggers(dialect, 'customer')] as const),
    ['customer_address_entity', addressTriggers(dialect)],
    ...backendTypes.map((type) => [`customer_address_entity_${type}`, valueTriggers(dialect, 'address')] as const),
  ];
}

const column = (row: 'OLD' | 'NEW', name: string): Sql => raw(`${row}.\`${name}\``);
const bit = (aspect: ChangeAspect): Sql => raw(String(aspectBit(aspect)));

/** True where one of these columns differs. */
const anyDiffers = ({ triggers }: Dialect, columns: readonly StoredColumn[]): Sql =>
  columns.length === 0
    ? raw('1 = 0')
    : join(
        columns.map(({ name, charset }) => triggers.differ(column('OLD', name), column('NEW', name), charset)),
        ' OR ',
      );

function customerTriggers(dialect: Dialect): TableTriggers {
  return (moment, columns) => {
    const row = moment === 'ad' ? 'OLD' : 'NEW';
    const about = { customer: column(row, 'entity_id'), website: column(row, 'website_id') };
    if (moment === 'ai') return { kind: 'created', ...about };
    if (moment === 'ad') return { kind: 'deleted', ...about };
    const watched = columns.filter(({ name }) => !silentColumns.has(name));
    const aspects = changeAspects.map((aspect) => watched.filter(({ name }) => aspectOf(name) === aspect));
    return { kind: 'updated', ...about, flags: aspects.map((its) => anyDiffers(dialect, its)) };
  };
}

function addressTriggers(dialect: Dialect): TableTriggers {
  return (moment, columns) => {
    const row = moment === 'ad' ? 'OLD' : 'NEW';
    const about = { customer: column(row, 'parent_id'), address: column(row, 'entity_id') };
    const owned = sql`${column(row, 'parent_id')} IS NOT NULL`;
    if (moment === 'ai') return { kind: 'address-created', ...about, when: owned };
    if (moment === 'ad')
      return {
        kind: 'address-deleted',
        ...about,
        when: sql`${owned}${unlessCascaded(dialect, 'customer', 'parent_id')}`,
      };
    const watched = columns.filter(({ name }) => !silentColumns.has(name));
    return { kind: 'address-updated', ...about, when: sql`${owned} AND (${anyDiffers(dialect, watched)})` };
  };
}

const valueColumns: ReadonlySet<string> = new Set(['attribute_id', 'entity_id', 'value']);

/** Values of attributes. A row with NULL and no row are the same: a value that is not there. */
function valueTriggers(dialect: Dialect, of: 'customer' | 'address'): TableTriggers {
  return (moment, columns) => {
    const row = moment === 'ad' ? 'OLD' : 'NEW';
    const entity = column(row, 'entity_id');
    const about: Written =
      of === 'customer'
        ? { kind: 'updated', customer: entity, aspects: bit('profile') }
        : // Whose address it is, the pump finds: a look-up here could wait, or find nobody.
          { kind: 'address-updated', customer: raw('NULL'), address: entity };
    const there = sql`${column(row, 'value')} IS NOT NULL`;
    if (moment === 'ai') return { ...about, when: there };
    if (moment === 'ad') return { ...about, when: sql`${there}${unlessCascaded(dialect, of, 'entity_id')}` };
    return {
      ...about,
      when: anyDiffers(
        dialect,
        columns.filter(({ name }) => valueColumns.has(name)),
      ),
    };
  };
}

/** For engines where what a foreign key takes along fires triggers: then the row that it hung on is gone already. */
const unlessCascaded = ({ triggers }: Dialect, from: 'customer' | 'address', key: string): Sql =>
  triggers.followCascades
    ? sql` AND EXISTS (SELECT 1 FROM ${raw(owners[from])} WHERE entity_id = ${column('OLD', key)})`
    : sql``;

const owners = { customer: '{customer_entity}', address: '{customer_address_entity}' } as const;
