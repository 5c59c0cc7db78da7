import { AsyncResource } from 'node:async_hooks';
import { type Database, type Executor, sql } from '../../framework/index.ts';
import { customerKinds } from '../columns.ts';
import type { Selection } from '../customer.ts';
import { type Grid, makeGrid } from '../grid.ts';
import { makeSelection } from '../selection.ts';
import type { ValueKind } from '../value.ts';
import {
  type AttributeOption,
  type BackendType,
  backendKinds,
  backendTypes,
  type CustomerAttribute,
} from './attribute.ts';

/** Everything that the texts of the hot path depend on, read together. */
export interface Metadata {
  readonly attributes: ReadonlyMap<string, CustomerAttribute>;
  readonly list: readonly CustomerAttribute[];
  /** The attributes kept in value tables, by id. */
  readonly custom: readonly (CustomerAttribute & { readonly backendType: BackendType })[];
  /** What each attribute code can hold: columns and custom attributes alike. */
  readonly kinds: ReadonlyMap<string, ValueKind>;
  readonly selection: Selection;
  readonly grid: Grid;
}

interface AttributeRow {
  attribute_id: number;
  attribute_code: string;
  backend_type: string;
  frontend_input: string | null;
  source_model: string | null;
  frontend_label: string | null;
  is_required: number;
  is_user_defined: number;
  is_visible: number | null;
  is_used_in_grid: number | null;
}

/** Codes come from the database and become keys of objects, so only Magento's own shape is let in. */
const plainCode = /^[a-z][a-z0-9_]*$/i;

const attributesQuery = sql`SELECT a.attribute_id, a.attribute_code, a.backend_type, a.frontend_input, a.source_model,
  a.frontend_label, a.is_required, a.is_user_defined, x.is_visible, x.is_used_in_grid
  FROM {eav_attribute} a JOIN {eav_entity_type} t ON t.entity_type_id = a.entity_type_id
  LEFT JOIN {customer_eav_attribute} x ON x.attribute_id = a.attribute_id
  WHERE t.entity_type_code = 'customer' ORDER BY a.attribute_id`;

const optionsQuery = sql`SELECT o.attribute_id, o.option_id, v.value
  FROM {eav_attribute_option} o
  JOIN {eav_attribute} a ON a.attribute_id = o.attribute_id
  JOIN {eav_entity_type} t ON t.entity_type_id = a.entity_type_id
  JOIN {eav_attribute_option_value} v ON v.option_id = o.option_id AND v.store_id = 0
  WHERE t.entity_type_code = 'customer' ORDER BY o.sort_order, o.option_id`;

/**
 * One row of NULLs: its keys are the grid's real columns, which a full reindex may have changed; and how Magento follows it.
 * Up to 2.4.7 there is only a view of another name, which is never enabled.
 */
const gridQuery = sql`SELECT g.*, (SELECT MAX(mode) FROM {mview_state} WHERE view_id = 'customer_grid_flat') AS mview_mode
  FROM (SELECT 1 AS one) o LEFT JOIN {customer_grid_flat} g ON g.entity_id = -1`;

const isBackendType = (type: string): type is BackendType => (backendTypes as readonly string[]).includes(type);

/** Reads the metadata of customer attributes: three statements. */
export async function readMetadata(db: Executor): Promise<Metadata> {
  const rows = await db.all<AttributeRow>(attributesQuery);
  const options = new Map<number, AttributeOption[]>();
  for (const row of await db.all<{ attribute_id: number; option_id: number; value: string }>(optionsQuery)) {
    const list = options.get(row.attribute_id) ?? [];
    list.push({ id: row.option_id, label: row.value });
    options.set(row.attribute_id, list);
  }
  const gridFacts = (await db.first(gridQuery)) ?? {};
  const gridColumns = new Set(Object.keys(gridFacts));

  const attributes = new Map<string, CustomerAttribute>();
  const custom: (CustomerAttribute & { backendType: BackendType })[] = [];
  const kinds = new Map(customerKinds);
  for (const row of rows) {
    if (!plainCode.test(row.attribute_code)) continue;
    const backendType = isBackendType(row.backend_type) ? row.backend_type : 'static';
    const attribute: CustomerAttribute = {
      id: row.attribute_id,
      code: row.attribute_code,
      backendType,
      table: backendType === 'static' ? 'customer_entity' : `customer_entity_${backendType}`,
      input: row.frontend_input ?? 'text',
      source: row.source_model,
      kind: customerKinds.get(row.attribute_code) ?? (backendType === 'static' ? undefined : backendKinds[backendType]),
      label: row.frontend_label ?? row.attribute_code,
      userDefined: row.is_user_defined === 1,
      visible: row.is_visible === 1,
      required: row.is_required === 1,
      usedInGrid: row.is_used_in_grid === 1,
      options: options.get(row.attribute_id) ?? [],
    };
    attributes.set(attribute.code, attribute);
    if (backendType === 'static' || customerKinds.has(attribute.code)) continue;
    custom.push({ ...attribute, backendType });
    kinds.set(attribute.code, backendKinds[backendType]);
  }
  const inGrid = custom.filter((a) => a.usedInGrid && gridColumns.has(a.code)).map((a) => a.code);
  const selection = makeSelection(db.dialect, custom);
  const grid = makeGrid(db.dialect, inGrid, gridColumns, gridFacts.mview_mode === 'enabled');
  return { attributes, list: [...attributes.values()], custom, kinds, selection, grid };
}

const freshFor = 5_000;

/** Holds the metadata in memory. */
export interface MetadataCache {
  /** @param db decides whether old metadata may be re-read now: only outside a transaction. */
  get(db?: Executor): Promise<Metadata>;
  /** What is in memory, however old. */
  known(): Metadata | undefined;
  /** Reads it as the transaction sees it, its own uncommitted attributes included, and keeps it for nobody else. */
  asSeenBy(tx: Executor): Promise<Metadata>;
  /** Says that what is in memory is out of date, and starts to read it anew. */
  expire(): void;
}

/**
 * A reader inside a transaction is never made to wait for another connection: there may be no other (SQLite has one). It
 * gets what is known, and a re-read starts beside it.
 */
export function metadataCache(database: Database): MetadataCache {
  let known: Metadata | undefined;
  let readAt = 0;
  let expiries = 0;
  let reading: { readonly result: Promise<Metadata>; readonly since: number } | undefined;

  // Bound here, at boot, so that a re-read started from within a transaction does not count as part of it.
  const readOutside = AsyncResource.bind(async (since: number): Promise<Metadata> => {
    const startedAt = Date.now();
    const read = await readMetadata(database);
    known = read;
    if (since === expiries) readAt = startedAt;
    return read;
  });
  // What began before the last expiry may have missed what is waited for, so it is not shared but followed by another.
  const refreshOnce = (): Promise<Metadata> => {
    if (reading?.since === expiries) return reading.result;
    const since = expiries;
    const read = () => readOutside(since);
    const result = (reading ? reading.result.then(read, read) : read()).finally(() => {
      if (reading?.since === since) reading = undefined;
    });
    reading = { result, since };
    return result;
  };
  // A failure leaves the old metadata; the next reader outside a transaction meets it again and reports it.
  const refreshBeside = (): void => void refreshOnce().catch(() => {});

  return {
    asSeenBy: readMetadata,
    known: () => known,
    expire: () => {
      readAt = 0;
      expiries++;
      refreshBeside();
    },
    get: async (db) => {
      if (known !== undefined && Date.now() - readAt < freshFor) return known;
      const insideTransaction = db !== undefined && 'afterCommit' in db;
      if (known === undefined && insideTransaction) {
        // What it sees may never be committed, so it serves until the next read outside and counts as old at once.
        known = await readMetadata(db);
        return known;
      }
      if (known === undefined || (db !== undefined && !insideTransaction)) return refreshOnce();
      refreshBeside();
      return known;
    },
  };
}
