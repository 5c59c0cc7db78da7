import type { CustomerAttribute } from '../../customer/index.ts';
import type { ResourceType } from '../../scim/index.ts';
import { offeredOf } from '../custom/offered.ts';
import { customerUserUrn } from '../custom/schema.ts';
import type { DirectRow, MappingDocument, MappingRow } from '../document/document.ts';
import type { MappingIssue } from '../document/issue.ts';
import { parseTarget } from '../document/target.ts';
import { leftOutOfPreset } from '../preset/left-out.ts';
import { declaredSources } from './declared-sources.ts';
import type { MappingEnvironment } from './environment.ts';
import type { PreparedRow } from './prepared-row.ts';
import { RowFault } from './report.ts';
import { userType } from './resource-type.ts';
import { prepareRow, type RowScope } from './row.ts';

/** A document with its rows made into functions, and what is wrong with those that could not be. */
export interface Plan {
  readonly type: ResourceType;
  readonly rows: readonly PreparedRow[];
  /** Rows of the store's own attributes that no row of the document leads to. */
  readonly offered: readonly PreparedRow[];
  readonly issues: readonly MappingIssue[];
  /** True where a row takes passwords. */
  readonly takesPassword: boolean;
}

/** Deactivation reaches the customer whatever a document says. */
const activeRow: MappingRow = { id: 'active', type: 'direct', source: 'active', target: 'is_active' };

const isEnabled = ({ enabled }: MappingRow): boolean => enabled !== false;

/** Makes a document's rows into functions. Rows that can't be are left out and told in `issues`. Never throws. */
export function planOf(document: MappingDocument, environment: MappingEnvironment, passwords = false): Plan {
  const byCode = indexed(environment.attributes);
  const issues: MappingIssue[] = [];
  const enabled = document.rows.filter(isEnabled).filter((row) => {
    const issue = leftOutOfPreset(document, row, byCode);
    if (issue) issues.push(issue);
    return issue === undefined;
  });
  const codes = new Set(enabled.map(codeOf));
  const takesPassword = enabled.some(({ target }) => target === 'password');
  const readElsewhere = JSON.stringify(document.rows).toLowerCase();
  const own = (code: string): string => `${customerUserUrn}:${code}`;
  const offerable = offeredOf(
    environment.attributes,
    (code) => codes.has(code) && !readElsewhere.includes(own(code).toLowerCase()),
  );
  const type = userType({
    declared: declaredSources(document),
    offered: offerable,
    passwords,
  });
  const scope: RowScope = { ...environment, type, byCode };
  const prepare = (row: MappingRow): PreparedRow[] => {
    try {
      return [prepareRow(row, scope)];
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      issues.push(error.issue);
      return [];
    }
  };
  const rows = enabled.flatMap(prepare);
  if (!rows.some(({ target, read }) => target.key === 'is_active' && read)) rows.push(...prepare(activeRow));
  return {
    type,
    rows,
    offered: offerable
      .filter(({ attribute }) => !codes.has(attribute.code.toLowerCase()))
      .map(
        ({ attribute: { code } }): DirectRow => ({
          id: code,
          type: 'direct',
          source: own(code),
          target: `customer.${code}`,
        }),
      )
      .flatMap(prepare),
    issues,
    takesPassword,
  };
}

/** The attribute code that a row leads to, in lower case; empty for an address and what is no attribute. */
function codeOf({ target }: MappingRow): string {
  const parsed = parseTarget(target);
  return parsed?.kind === 'attribute' ? parsed.code.toLowerCase() : '';
}

const indexed = (attributes: readonly CustomerAttribute[]): ReadonlyMap<string, CustomerAttribute> | undefined =>
  attributes.length === 0 ? undefined : new Map(attributes.map((attribute) => [attribute.code, attribute]));
