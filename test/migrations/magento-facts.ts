import { readFileSync } from 'node:fs';

/** What Magento declares, kept apart from `migrations/`: the tests compare databases with this and never with that. */
export interface DeclaredColumn {
  readonly name: string;
  readonly type: string;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly unsigned?: boolean;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly identity?: boolean;
  readonly onUpdateCurrentTimestamp?: boolean;
}

export interface DeclaredIndex {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface DeclaredForeignKey {
  readonly name: string;
  readonly column: string;
  readonly refTable: string;
  readonly refColumn: string;
  readonly onDelete: string;
}

export interface DeclaredTable {
  readonly columns: readonly DeclaredColumn[];
  readonly primaryKey: readonly string[];
  readonly uniqueKeys: readonly DeclaredIndex[];
  readonly indexes: readonly (DeclaredIndex & { readonly kind: 'btree' | 'fulltext' })[];
  readonly foreignKeys: readonly DeclaredForeignKey[];
}

type Row = Readonly<Record<string, string | number | null>>;

export interface DeclaredAttribute {
  readonly attribute_id_on_fresh_install: number;
  readonly entity_type: 'customer' | 'customer_address';
  readonly attribute_code: string;
  readonly customer_eav_attribute: Readonly<Record<string, unknown>>;
  readonly eav_entity_attribute_sort_order: number | null;
  readonly forms: readonly string[];
  readonly [column: string]: unknown;
}

interface DeclaredRows {
  readonly store_website: readonly Row[];
  readonly store_group: readonly Row[];
  readonly store: readonly Row[];
  readonly customer_group: readonly Row[];
  readonly eav_entity_type: readonly Row[];
  readonly eav_attribute_set: readonly Row[];
  readonly eav_attribute_group: readonly Row[];
  readonly attributes: readonly DeclaredAttribute[];
  readonly gender_options: readonly { option_id_on_fresh_install: number; sort_order: number; value: string }[];
  readonly authorization_role: readonly Row[];
  readonly authorization_rule: readonly Row[];
  readonly directory: { readonly countries: number };
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8'));

export const declaredTables = read('magento-tables.json') as Readonly<Record<string, DeclaredTable>>;
export const declaredRows = read('magento-rows.json') as DeclaredRows;

/** The one declared name over 64 characters, as Magento's rule shortens it. */
const SHORTENED: Readonly<Record<string, string>> = {
  LOGIN_AS_CUSTOMER_ASSISTANCE_ALLOWED_CUSTOMER_ID_CUSTOMER_ENTITY_ENTITY_ID:
    'LOGIN_AS_CSTR_ASSISTANCE_ALLOWED_CSTR_ID_CSTR_ENTT_ENTT_ID',
};

/** A declared key's name as it stands in a database without a table prefix. */
export const nameInDatabase = ({ name }: { name: string }): string => SHORTENED[name] ?? name;

/** What a default amounts to: a number for number types, `now`, text, or null for none. */
export function meaningOfDefault({ type, default: value }: DeclaredColumn): string | number | null {
  if (value === null) return null;
  if (value === 'CURRENT_TIMESTAMP') return 'now';
  if (type === 'boolean') return value === 'true' ? 1 : 0;
  if (type === 'timestamp' || type === 'datetime') return value === '0' ? '0000-00-00 00:00:00' : value;
  return type === 'varchar' ? value : Number(value);
}
