import { declarationIssues } from '../compile/declared-sources.ts';
import type { MappingEnvironment } from '../compile/environment.ts';
import { planOf } from '../compile/plan.ts';
import type { PreparedRow } from '../compile/prepared-row.ts';
import type { MappingDocument } from './document.ts';
import { idleRules } from './idle-rules.ts';
import type { MappingIssue, MappingIssueCode } from './issue.ts';
import { schemaIssues } from './schema.ts';

/**
 * Everything that keeps a value from being a mapping document that works in this store: what the JSON Schema says, and
 * only where it says nothing, what the rows come to. Empty for a document that can be published as it is. Never throws.
 */
export function checkDocument(value: unknown, environment: MappingEnvironment): readonly MappingIssue[] {
  const issues = schemaIssues(value);
  if (issues.length > 0) return issues;
  const document = value as MappingDocument;
  const plan = planOf(document, environment);
  return [
    ...twiceIssues(document),
    ...declarationIssues(document),
    ...plan.issues.filter(({ row }) => document.rows.some(({ id }) => id === row)),
    ...addressIssues(document),
    ...matchIssues(plan.rows),
    ...ruleIssues(plan.rows),
    ...idleRules(plan.rows),
    ...emptinessIssues(plan.rows),
  ];
}

const error = (
  row: string | undefined,
  field: string,
  code: MappingIssueCode,
  message: string,
  cure: string,
): MappingIssue => ({ ...(row === undefined ? {} : { row }), field, code, message, cure, severity: 'error' });

function twiceIssues({ rows }: MappingDocument): readonly MappingIssue[] {
  const seen = new Set<string>();
  return rows.flatMap(({ id }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [error(id, 'id', 'row-twice', `Two rows have the id "${id}".`, 'Give one of them another id.')];
  });
}

/** One address for both purposes, or one for each: what would the default address be otherwise? */
function addressIssues({ rows }: MappingDocument): readonly MappingIssue[] {
  const used = rows.filter(({ enabled }) => enabled !== false);
  const apart = used.find(({ target }) => /^(billing|shipping)\./.test(target));
  const shared = used.find(({ target }) => target.startsWith('address.'));
  if (!apart || !shared) return [];
  return [
    error(
      apart.id,
      'target',
      'addresses-mixed',
      `"${apart.target}" and "${shared.target}" (row "${shared.id}") can't stand side by side: address is both the billing and the shipping address.`,
      'Use address for one that is both, or billing and shipping throughout.',
    ),
  ];
}

function matchIssues(rows: readonly PreparedRow[]): readonly MappingIssue[] {
  const seen = new Map<number, string>();
  return rows.flatMap(({ row: { id, match }, target, direction }) => {
    if (match === undefined) return [];
    if (target.key === 'email')
      return [
        error(
          id,
          'match',
          'match-impossible',
          'The e-mail address is looked up in any case.',
          'Remove "match"; what happens to a customer that has the address already is a policy of the connection.',
        ),
      ];
    if (target.kind !== 'attribute' || target.key === 'is_active' || direction === 'out')
      return [
        error(
          id,
          'match',
          'match-impossible',
          `No customer can be found by "${target.key}" here.`,
          'Remove "match", or set it on a row that leads in to an attribute of the customer.',
        ),
      ];
    const other = seen.get(match);
    seen.set(match, id);
    if (other === undefined) return [];
    return [
      error(
        id,
        'match',
        'match-twice',
        `Row "${other}" has the precedence ${match} already.`,
        'Give each its own: 1 is tried first.',
      ),
    ];
  });
}

/** Rows of one target go by the first one's rule. */
function ruleIssues(rows: readonly PreparedRow[]): readonly MappingIssue[] {
  const first = new Map<string, PreparedRow>();
  return rows.flatMap((prepared): MappingIssue[] => {
    const { row, target, direction } = prepared;
    if (direction === 'out') return [];
    const before = first.get(target.key);
    if (!before) {
      first.set(target.key, prepared);
      return [];
    }
    const field = (row.apply ?? 'always') !== (before.row.apply ?? 'always') ? 'apply' : 'onNull';
    const same = field === 'onNull' && (row.onNull === 'keep') === (before.row.onNull === 'keep');
    if (same) return [];
    return [
      {
        row: row.id,
        field,
        code: 'rules-differ',
        message: `Row "${before.row.id}" leads to "${target.key}" as well, and its "${field}" holds for both.`,
        cure: `Set "${field}" on both to the same.`,
        severity: 'warning',
      },
    ];
  });
}

function emptinessIssues(rows: readonly PreparedRow[]): readonly MappingIssue[] {
  if (rows.some(({ target, direction }) => target.key === 'email' && direction !== 'out')) return [];
  return [
    {
      field: 'rows',
      code: 'nothing-mapped',
      message:
        'No row leads to "email": customers get the userName where that is an e-mail address, else a placeholder.',
      cure: 'Add a row from emails[main].value to email.',
      severity: 'warning',
    },
  ];
}
