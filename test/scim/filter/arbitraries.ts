import fc from 'fast-check';
import {
  type AttributePath,
  allOf,
  anyOf,
  type CompareOperator,
  type Filter,
  type FilterValue,
  resolveName,
  userResourceType,
} from '../../../modules/scim/index.ts';

function path(text: string): AttributePath {
  const found = resolveName(text, userResourceType, true);
  if (found.kind !== 'attribute') throw new Error(`${text} is no attribute`);
  return found.path;
}

const texts = fc.oneof(
  fc.constantFrom('work', 'home', 'Work', 'a@example.com', 'x'),
  fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\u0000')),
);
const times = fc.constantFrom('2011-05-13T04:42:34Z', '2020-01-01T00:00:00.5+02:00', '1999-12-31');

const compare = (
  name: string,
  ops: readonly CompareOperator[],
  values: fc.Arbitrary<FilterValue>,
): fc.Arbitrary<Filter> =>
  fc.tuple(fc.constantFrom(...ops), values).map(([op, value]) => ({ kind: 'compare', path: path(name), op, value }));

const equality = ['eq', 'ne'] as const;
const everyOp = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
const ordered = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
const textNames = [
  'userName',
  'externalId',
  'id',
  'name.familyName',
  'emails.value',
  'emails.type',
  'department',
  'manager.value',
];

const leaf: fc.Arbitrary<Filter> = fc.oneof(
  ...textNames.map((name) => compare(name, everyOp, texts)),
  compare('active', equality, fc.boolean()),
  compare('emails.primary', equality, fc.boolean()),
  compare('meta.lastModified', ordered, times),
  compare('title', equality, fc.constant(null)),
  fc
    .constantFrom('title', 'emails', 'name', 'manager', 'emails.value')
    .map((name): Filter => ({ kind: 'present', path: path(name) })),
);

const inner: fc.Arbitrary<Filter> = fc.oneof(
  compare('emails.value', everyOp, texts),
  compare('emails.type', everyOp, texts),
  compare('emails.primary', equality, fc.boolean()),
  fc.constant<Filter>({ kind: 'present', path: path('emails.display') }),
);

const combined = (leaves: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
  fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaves,
      fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map(allOf),
      fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map(anyOf),
      tie('filter').map((filter): Filter => ({ kind: 'not', filter })),
    ),
  })).filter;

/** Canonical filters over users, at most about thirty terms. */
export const filters: fc.Arbitrary<Filter> = combined(
  fc.oneof(
    { weight: 3, arbitrary: leaf },
    {
      weight: 1,
      arbitrary: combined(inner).map((filter): Filter => ({ kind: 'valuePath', path: path('emails'), filter })),
    },
  ),
);

/** How many terms a filter has, as the parser counts them. */
export function termsOf(filter: Filter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.reduce((sum, operand) => sum + termsOf(operand), 0);
    case 'not':
    case 'valuePath':
      return 1 + termsOf(filter.filter);
    default:
      return 1;
  }
}

/** Texts near the grammar: its tokens in any order, with noise. */
export const nearlyFilters: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['userName', 'emails', 'emails[', ']', '(', ')', 'not (', 'not', 'eq', 'co', 'pr', 'and', 'or', '"x"', '"'],
        ...[
          'true',
          'null',
          '1e999',
          '-0',
          '.',
          ':',
          'urn:',
          '\\',
          '__proto__',
          'type',
          '.value',
          'İ',
          '\u0000',
          '\ud800',
        ],
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 60 },
  )
  .map((tokens) => tokens.join(' '));
