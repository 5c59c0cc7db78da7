import type { PreparedRow } from '../compile/prepared-row.ts';
import type { MappingRow } from './document.ts';
import type { MappingIssue } from './issue.ts';

/** What every customer has a value of. */
const neverEmpty: ReadonlySet<string> = new Set([
  'email',
  'firstname',
  'lastname',
  'is_active',
  'group',
  'store_view',
  'website',
]);

/** What says something about values that come in. */
const inward = ['apply', 'required', 'default', 'locked'] as const satisfies readonly (keyof MappingRow)[];

const saysNothing = (value: unknown): boolean => value === false || value === 'always';

const warning = (row: string, field: string, message: string, cure: string): MappingIssue => ({
  row,
  field,
  code: 'rule-idle',
  message,
  cure,
  severity: 'warning',
});

/** Rules that people have set and that change nothing, so that nobody counts on them. */
export function idleRules(rows: readonly PreparedRow[]): readonly MappingIssue[] {
  return rows.flatMap(({ row, target, direction }): MappingIssue[] => {
    if (direction === 'out')
      return inward
        .filter((field) => row[field] !== undefined && (field === 'default' || !saysNothing(row[field])))
        .filter((field) => field !== 'default' || target.key !== 'newsletter')
        .map((field) =>
          warning(
            row.id,
            field,
            `The row only goes out to the identity provider, and "${field}" is about what comes in.`,
            `Remove "${field}", or let the row lead in as well.`,
          ),
        );
    if (row.apply !== 'if-empty' || !neverEmpty.has(target.key)) return [];
    return [
      warning(
        row.id,
        'apply',
        `No customer is without "${target.key}", so that "if-empty" writes it with new customers only.`,
        'Say "create", which means the same, or "always".',
      ),
    ];
  });
}
