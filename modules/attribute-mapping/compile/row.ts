import type { CustomerAttribute } from '../../customer/index.ts';
import type { ResourceType } from '../../scim/index.ts';
import type { Crossing, Route } from '../crossing/crossing.ts';
import type { Direction, MappingRow } from '../document/document.ts';
import { parseTarget, type SpecialTarget, type Target } from '../document/target.ts';
import { parseTemplate } from '../document/template.ts';
import type { MappedValue } from '../mapping.ts';
import { parseSource } from '../source/path.ts';
import type { Source } from '../source/source.ts';
import { chainFaults, prepareChain, type TransformChain } from '../transform/chain.ts';
import type { MappingEnvironment } from './environment.ts';
import { tableOf } from './lookup-table.ts';
import type { PreparedRow } from './prepared-row.ts';
import { joined, lookedUp, type Reader, transformed } from './reader.ts';
import { fault, within } from './report.ts';
import { isTargetFault, targetCrossing } from './target-crossing.ts';
import { requireNoPassword, requireRightSource } from './target-source.ts';
import { requireTellable } from './told-subscription.ts';
import { directWriter, lookupWriter, type Writer } from './writer.ts';

/** What rows are prepared in. */
export interface RowScope extends MappingEnvironment {
  readonly type: ResourceType;
  /** By code; undefined where the store's attributes have not been read yet. */
  readonly byCode: ReadonlyMap<string, CustomerAttribute> | undefined;
}

/** How the kinds of rows differ: what they read, and whether there is a way back. */
interface Ways {
  readonly source: Source | undefined;
  readonly route: Route;
  readonly read: Reader;
  readonly write: Writer | undefined;
}

/** Makes a row into functions. @throws RowFault with the issue, where it can't work */
export function prepareRow(row: MappingRow, scope: RowScope): PreparedRow {
  const target = targetOf(row);
  const found = targetCrossing(target, scope.byCode, scope.choices);
  if (isTargetFault(found)) throw fault(row.id, 'target', found.code, found.message, found.cure);
  const ways = waysOf(row, target, found, scope);
  requireRightSource(row, target, ways.source);
  const direction = directionOf(row, target, ways);
  if (target.key === 'newsletter' && target.kind === 'special' && direction !== 'in')
    requireTellable(row, ways, scope.byCode?.has('newsletter') === true);
  return {
    row,
    target,
    route: ways.route,
    crossing: found,
    direction,
    source: ways.source,
    read: direction === 'out' ? undefined : ways.read,
    write: direction === 'in' ? undefined : ways.write,
    fallback: fallbackOf(row, found, ways.route),
  };
}

function targetOf(row: MappingRow): Target {
  const target = parseTarget(row.target);
  if (target) return target;
  throw fault(
    row.id,
    'target',
    'target-unknown',
    `There is no target "${row.target}".`,
    'Use an attribute code such as firstname or customer.motto; address.city, billing.city, shipping.city; group, newsletter, store_view, website or password.',
  );
}

function waysOf(row: MappingRow, target: Target, crossing: Crossing, scope: RowScope): Ways {
  const chain = chainOf(row, scope);
  const ownRoute = { from: `The row "${row.id}" of the mapping`, target: target.key };
  const crossed = (find: Reader | ((...given: Parameters<Reader>) => unknown), route: Route): Reader => {
    const through = transformed(find, chain, route);
    return (user, computed) => crossing.toRow(through(user, computed), route);
  };
  switch (row.type) {
    case 'direct': {
      const source = sourceOf(row.id, 'source', row.source, scope);
      if (source.list && !crossing.list && !chain) throw listFault(row.id, 'source', source);
      const route = { from: `"${source.text}"`, target: target.key };
      const write = chain && !chain.invert ? undefined : directWriter(source, crossing, chain);
      return { source, route, read: crossed((user) => source.read(user), route), write };
    }
    case 'lookup': {
      const source = sourceOf(row.id, 'source', row.source, scope);
      const route = { from: `"${source.text}"`, target: target.key };
      const table = tableOf(row, crossing, route);
      const read = lookedUp(
        transformed((user) => source.read(user), chain, route),
        table,
        crossing,
        route,
      );
      const back = source.list || (chain && !chain.invert) ? undefined : table.keys;
      return { source, route, read, write: back && lookupWriter(source, back, crossing, chain) };
    }
    case 'constant': {
      const value = within(row.id, 'value', () => crossing.toRow(row.value, ownRoute));
      const read = chain ? crossed(() => row.value, ownRoute) : () => value;
      return { source: undefined, route: ownRoute, read, write: undefined };
    }
    case 'template': {
      const parts = within(row.id, 'template', () => parseTemplate(row.template)).map((part) => {
        if (typeof part === 'string') return part;
        const source = sourceOf(row.id, 'template', part.source, scope);
        if (source.list) throw listFault(row.id, 'template', source);
        requireNoPassword(row, source);
        return source;
      });
      return { source: undefined, route: ownRoute, read: crossed(joined(parts), ownRoute), write: undefined };
    }
    case 'expression': {
      const wrong = scope.checkExpression?.(row.expression);
      if (wrong)
        throw fault(
          row.id,
          'expression',
          'expression',
          wrong.message,
          `Look at character ${wrong.position + 1} of the expression.`,
        );
      const { id } = row;
      return {
        source: undefined,
        route: ownRoute,
        read: crossed((_, computed) => computed?.[id], ownRoute),
        write: undefined,
      };
    }
  }
}

const sourceOf = (row: string, field: string, text: string, { type }: RowScope): Source =>
  within(row, field, () => parseSource(text, type));

const listFault = (row: string, field: string, { text }: Source) =>
  fault(
    row,
    field,
    'source-list',
    `"${text}" is a list of values, and the target holds one.`,
    'Choose one of its values, as emails[main].value or emails[type eq "work"].value does, or add the transform "join".',
  );

function chainOf({ id, transforms = [] }: MappingRow, scope: RowScope): TransformChain | undefined {
  if (transforms.length === 0) return undefined;
  const [wrong] = chainFaults(scope.transforms, transforms);
  if (wrong) throw fault(id, `transforms/${wrong.index}`, 'transform', wrong.message, wrong.cure);
  return prepareChain(scope.transforms, transforms);
}

/** Names that always answer from the document, so that nothing of the store's is ever told there. */
const documentsOwn: ReadonlySet<string> = new Set(['userName', 'externalId', 'password']);

function directionOf({ id, direction }: MappingRow, target: Target, { source, write }: Ways): Direction {
  const back = write !== undefined && source?.writable === true && !documentsOwn.has(source.attribute);
  // What is said of a choice among the store's rows is told back only where a row says so.
  if (direction === undefined) return back && target.kind !== 'special' ? 'both' : 'in';
  if (direction !== 'in' && target.kind === 'special') requireTold(id, target.key);
  if (direction === 'out' && target.key === 'is_active')
    throw fault(
      id,
      'direction',
      'direction-impossible',
      'Whom the identity provider deactivates is always locked out, so "is_active" can\'t only go out.',
      'Leave "direction" out, or set it to "both" or "in".',
    );
  if (direction === 'in' || back) return direction;
  throw fault(
    id,
    'direction',
    'direction-impossible',
    `The row can't go out to the identity provider: there is no way back from "${target.key}".`,
    'Leave "direction" out, or set it to "in"; to show the value, add a direct row with the direction "out".',
  );
}

/** @throws RowFault for what an identity provider is never told */
function requireTold(row: string, key: SpecialTarget): void {
  if (key === 'password')
    throw fault(
      row,
      'direction',
      'direction-impossible',
      'A password only goes in: the store holds a hash, from which nobody gets it back.',
      'Leave "direction" out, or set it to "in".',
    );
}

function fallbackOf(row: MappingRow, crossing: Crossing, route: Route): MappedValue {
  if (row.onNull !== 'default') return null;
  const { default: value } = row;
  if (value === undefined)
    throw fault(
      row.id,
      'default',
      'default-missing',
      'A missing value shall become a default, and there is none.',
      'Give the row a "default", or set "onNull" to "clear" or "keep".',
    );
  return within(row.id, 'default', () => crossing.toRow(value, { ...route, from: 'The default' }));
}
