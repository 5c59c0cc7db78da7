import { join, type Sql, sql } from '../../../framework/index.ts';
import {
  type AttributePath,
  type Compare,
  type Filter,
  type FilterVisitor,
  invalidFilter,
  type Present,
  printPath,
  visit,
} from '../../../scim/index.ts';
import { parseUserId } from '../../user/user-id.ts';
import { emailColumns, type FilterColumn, filterColumns } from './column.ts';
import { compareColumn, present } from './comparison.ts';

const notFilterable = (path: AttributePath) =>
  invalidFilter(
    `"${printPath(path)}" can't be filtered by; ${[...filterColumns.keys(), 'id', 'active', 'emails'].join(', ')} can.`,
  );

const textOf = (node: Compare): string => {
  if (typeof node.value === 'string') return node.value;
  throw invalidFilter(
    `"${printPath(node.path)}" is compared with text in quotes, not with ${JSON.stringify(node.value)}.`,
  );
};

function compareFlag(node: Compare, flag: Sql): Sql {
  if (typeof node.value !== 'boolean' || (node.op !== 'eq' && node.op !== 'ne'))
    throw invalidFilter(`"${printPath(node.path)}" is true or false; only eq and ne make sense for it.`);
  return sql`${flag} = ${node.value === (node.op === 'eq') ? 1 : 0}`;
}

const always = sql`1 = 1`;

/** `eq null` asks for absence and `ne null` for presence; undefined for any other comparison. */
const compareNull = (node: Compare, isPresent: Sql): Sql | undefined =>
  node.value !== null ? undefined : node.op === 'eq' ? sql`NOT (${isPresent})` : isPresent;

/** An id is opaque: it is equal to another or not. Text that can't be an id equals none. */
function compareId(node: Compare): Sql {
  if (node.op !== 'eq' && node.op !== 'ne') throw invalidFilter('"id" can only be compared with eq and ne.');
  const id = parseUserId(textOf(node));
  const equal = id ? sql`(u.customer_id = ${id.customerId} AND u.generation = ${id.generation})` : sql`1 = 0`;
  return node.op === 'eq' ? equal : sql`NOT ${equal}`;
}

const combine = (operands: readonly Sql[], word: ' AND ' | ' OR '): Sql => sql`(${join([...operands], word)})`;

/** Visitor for one level: the user, or one of its e-mails. */
const level = (
  compare: (node: Compare) => Sql,
  isPresent: (node: Present) => Sql,
  valuePath: FilterVisitor<Sql>['valuePath'],
): FilterVisitor<Sql> => {
  const visitor: FilterVisitor<Sql> = {
    compare,
    present: isPresent,
    and: (node) =>
      combine(
        node.filters.map((filter) => visit(filter, visitor)),
        ' AND ',
      ),
    or: (node) =>
      combine(
        node.filters.map((filter) => visit(filter, visitor)),
        ' OR ',
      ),
    not: (node) => sql`NOT (${visit(node.filter, visitor)})`,
    valuePath,
  };
  return visitor;
};

function emailColumn(path: AttributePath): FilterColumn {
  const column = emailColumns.get(printPath(path));
  if (column) return column;
  throw notFilterable(path);
}

const isPrimary = (path: AttributePath): boolean => printPath(path) === 'emails.primary';

const emailLevel: FilterVisitor<Sql> = level(
  (node) =>
    isPrimary(node.path)
      ? (compareNull(node, always) ?? compareFlag(node, sql`e.is_primary`))
      : (compareNull(node, present(emailColumn(node.path))) ??
        compareColumn(emailColumn(node.path), node.op, textOf(node))),
  (node) => (isPrimary(node.path) ? always : present(emailColumn(node.path))),
  (node) => {
    throw notFilterable(node.path);
  },
);

/** Users that have an e-mail of which `condition` holds: `IN`, because SQLite scans for `EXISTS`. */
const someEmail = (connectionId: number, condition: Sql): Sql =>
  sql`u.customer_id IN (SELECT e.customer_id FROM {vestibule_user_email} e WHERE e.connection_id = ${connectionId} AND ${condition})`;

const isEmails = (path: AttributePath): boolean => !path.extension && path.attribute.name === 'emails';

/**
 * Compiles a filter to a condition on `vestibule_user u`, `customer_entity c` and `vestibule_user_document d`.
 *
 * @throws ScimError `invalidFilter` for an attribute that can't be filtered by
 */
export function compileFilter(filter: Filter, connectionId: number): Sql {
  const userLevel = level(
    (node) => {
      const name = printPath(node.path);
      if (name === 'id') return compareNull(node, always) ?? compareId(node);
      if (name === 'active') return compareNull(node, always) ?? compareFlag(node, sql`c.is_active`);
      if (isEmails(node.path)) {
        if (node.value === null) {
          const some = someEmail(connectionId, visit({ kind: 'present', path: node.path }, emailLevel));
          return node.op === 'eq' ? sql`NOT ${some}` : some;
        }
        // "ne" over several values: none of them is it.
        if (node.op === 'ne') return sql`NOT ${someEmail(connectionId, visit({ ...node, op: 'eq' }, emailLevel))}`;
        return someEmail(connectionId, visit(node, emailLevel));
      }
      const column = filterColumns.get(name);
      if (!column) throw notFilterable(node.path);
      if (column.ordered === 'time' && (node.op === 'co' || node.op === 'sw' || node.op === 'ew'))
        throw invalidFilter(`"${name}" is a time; ${node.op} can't be asked of it.`);
      return compareNull(node, present(column)) ?? compareColumn(column, node.op, textOf(node));
    },
    (node) => {
      const name = printPath(node.path);
      if (name === 'id' || name === 'active' || name === 'meta') return always;
      if (isEmails(node.path))
        return someEmail(connectionId, node.path.subAttribute ? visit(node, emailLevel) : always);
      const column = filterColumns.get(name);
      if (!column) throw notFilterable(node.path);
      return present(column);
    },
    (node) => {
      if (!isEmails(node.path)) throw notFilterable(node.path);
      return someEmail(connectionId, visit(node.filter, emailLevel));
    },
  );
  return visit(filter, userLevel);
}
