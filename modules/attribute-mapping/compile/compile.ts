import type { Resource } from '../../scim/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { rowName } from '../document/target.ts';
import { ExpressionError, expressionRefusal } from '../expression/expression-error.ts';
import type { Expression } from '../expression/expressions.ts';
import type { Computed, ConnectionMapping, MappingMarks } from '../mapping.ts';
import { broughtBy } from './brought.ts';
import type { CompileEnvironment } from './environment.ts';
import { inverse } from './inverse.ts';
import { mapper } from './map.ts';
import { marksOf } from './marks.ts';
import { planOf } from './plan.ts';
import type { PreparedRow } from './prepared-row.ts';
import { type PreparedTarget, prepareTargets } from './prepared-target.ts';

const none: readonly string[] = Object.freeze([]);
const noResults: Computed = Object.freeze({});

/**
 * Makes a mapping of a document, for the store's attributes as they are at the moment. Never throws: a row whose attribute
 * or transform has gone since the document was published rests, and `resting` says why.
 */
export function compile(document: MappingDocument, environment: CompileEnvironment): ConnectionMapping {
  const { rows, offered, issues, type, takesPassword } = planOf(document, environment, environment.passwords);
  const byKey = prepareTargets([...rows, ...offered]);
  const targets = [...byKey.values()];
  const shown = shownTargets(targets);
  const rowTargets = targets.filter(isColumn).map(({ target }) => rowName(target.key));
  const customTargets = [
    ...offered.map(({ target }) => target.key),
    ...targets.filter(({ read }) => !read).map(({ target }) => rowName(target.key)),
  ];
  const expressions = expressionsOf(rows);
  let marks: MappingMarks | undefined;

  return Object.freeze({
    version: environment.version ?? 0,
    rows: document.rows,
    resting: issues,
    takesPassword,
    // Drafts on trial and previews never ask.
    get marks() {
      marks ??= marksOf(document, environment, type);
      return marks;
    },
    evaluates: expressions.length > 0,
    locked: new Set(targets.filter(isPutBack).map(({ target }) => rowName(target.key))),
    onlyTold: new Set(targets.filter(({ read }) => !read).map(({ target }) => rowName(target.key))),
    tellsSubscription: targets.some(tellsSubscription),
    readsToldSubscription: targets.some((target) => tellsSubscription(target) && readsWhatItTells(target)),
    matches: matchesOf(rows),
    resourceType: () => type,
    evaluate: (user: Resource) => evaluate(environment, expressions, user),
    map: mapper(targets),
    ...inverse(byKey),
    targetsOf: ({ schema, extension, attribute: { name } }) =>
      shown.get(extension ? `${schema.id}:${name}` : name) ?? none,
    customTargets: () => customTargets,
    rowTargets: () => rowTargets,
    brought: broughtBy([...rows, ...offered], type),
    sourceOf: (target) => byKey.get(rowName(target))?.ins[0]?.source?.text,
  } satisfies ConnectionMapping);
}

/** Targets by the attribute that shows them. */
function shownTargets(targets: readonly PreparedTarget[]): ReadonlyMap<string, readonly string[]> {
  const shown = new Map<string, string[]>();
  for (const { target, outs } of targets)
    for (const { source } of outs)
      if (source) shown.set(source.attribute, [...(shown.get(source.attribute) ?? []), rowName(target.key)]);
  return shown;
}

const isColumn = ({ target, write }: PreparedTarget): boolean =>
  target.kind === 'attribute' || (target.kind === 'special' && target.key !== 'newsletter' && write !== undefined);

const tellsSubscription = ({ target, write }: PreparedTarget): boolean =>
  target.kind === 'special' && target.key === 'newsletter' && write !== undefined;

const readsWhatItTells = ({ ins }: PreparedTarget): boolean =>
  ins.length > 0 && ins.every(({ write }) => write !== undefined);

/** Nobody puts a subscription back, so one that is told is told as it is. */
const isPutBack = (target: PreparedTarget): boolean => target.locked && !tellsSubscription(target);

const expressionsOf = (rows: readonly PreparedRow[]): readonly Expression[] =>
  rows.flatMap(({ row }) => (row.type === 'expression' ? [{ id: row.id, expression: row.expression }] : []));

const matchesOf = (rows: readonly PreparedRow[]): ConnectionMapping['matches'] =>
  rows
    .flatMap(({ row, read, target }) =>
      row.match === undefined || !read || target.kind !== 'attribute' || target.code === 'email'
        ? []
        : [{ target: target.key, precedence: row.match }],
    )
    .sort((a, b) => a.precedence - b.precedence);

async function evaluate(
  environment: CompileEnvironment,
  expressions: readonly Expression[],
  user: Resource,
): Promise<Computed> {
  if (expressions.length === 0) return noResults;
  if (!environment.evaluate) throw new Error('this mapping was compiled without a way to evaluate its expressions');
  try {
    return await environment.evaluate(expressions, user);
  } catch (error) {
    if (error instanceof ExpressionError) throw expressionRefusal(error);
    throw error;
  }
}
