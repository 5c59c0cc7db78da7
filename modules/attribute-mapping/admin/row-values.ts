import type { Literal, LookupRow, MappingRow } from '../document/document.ts';
import type { TransformUse } from '../transform/chain.ts';

/** One transform as the form has it: its name, and its options as JSON text. */
export interface TransformValues {
  readonly name: string;
  readonly options: string;
}

/** A row as a form has it: texts. */
export interface RowValues {
  readonly type: MappingRow['type'];
  readonly source: string;
  readonly value: string;
  readonly template: string;
  readonly table: string;
  readonly otherwise: string;
  readonly expression: string;
  readonly target: string;
  readonly direction: string;
  readonly apply: string;
  readonly onNull: string;
  readonly default: string;
  readonly match: string;
  readonly required: boolean;
  readonly locked: boolean;
  readonly enabled: boolean;
  readonly declare: boolean;
  readonly comment: string;
  readonly transforms: readonly TransformValues[];
}

export const rowTypes = ['direct', 'constant', 'template', 'lookup', 'expression'] as const;

/** Lists and what is no text are written as JSON. */
export const literalText = (value: Literal | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const tableText = ({ table }: Pick<LookupRow, 'table'>): string =>
  Object.entries(table)
    .map(([key, value]) => `${key} => ${literalText(value)}`)
    .join('\n');

function transformValues(use: TransformUse): TransformValues {
  if (typeof use === 'string') return { name: use, options: '' };
  const { name, ...options } = use;
  return { name, options: Object.keys(options).length === 0 ? '' : JSON.stringify(options) };
}

/** What the form of a row begins with; an empty one for a new row. */
export function valuesOf(row: MappingRow | undefined): RowValues {
  return {
    type: row?.type ?? 'direct',
    source: row && 'source' in row ? row.source : '',
    value: row?.type === 'constant' ? literalText(row.value) : '',
    template: row?.type === 'template' ? row.template : '',
    table: row?.type === 'lookup' ? tableText(row) : '',
    otherwise: row?.type === 'lookup' ? literalText(row.otherwise) : '',
    expression: row?.type === 'expression' ? row.expression : '',
    target: row?.target ?? '',
    direction: row?.direction ?? '',
    apply: row?.apply ?? 'always',
    onNull: row?.onNull ?? 'clear',
    default: literalText(row?.default),
    match: row?.match === undefined ? '' : String(row.match),
    required: row?.required ?? false,
    locked: row?.locked ?? false,
    enabled: row?.enabled ?? true,
    declare: false,
    comment: row?.comment ?? '',
    transforms: (row?.transforms ?? []).map(transformValues),
  };
}
