import fc from 'fast-check';
import {
  type AttributeDefinition,
  type AttributePath,
  allOf,
  anyOf,
  type CompareOperator,
  type Filter,
  type FilterValue,
  printFilter,
  type Resource,
  type ResourceType,
} from '../../../modules/scim/index.ts';

/** Texts that engines, collations and patterns are known to stumble over. */
export const words = [
  'ada',
  'ADA',
  'Å',
  'ß',
  'ss',
  'ΣΑΣ',
  '%',
  '_',
  'a_a',
  ' a',
  'a ',
  '\\',
  '"',
  "'",
  '😀',
  '\uff21',
  'ﬁ',
  '1',
  '01',
  'é',
  'e\u0301',
  'null',
  'true',
  'İi',
  '\t',
];
export const text = fc.oneof(
  fc.constantFrom(...words, 'work', 'Home', 'a@example.com', 'ADA@example.com'),
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
  fc.constant('é'.repeat(300)),
);
const times = ['2024-05-06T12:00:00Z', '2024-05-06T14:00:00.000+02:00', '2024-05-06T12:00:00.001Z', '2000-02-29'];

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const element = fc.record({ value: text, type: maybe(text), display: maybe(text) }, { requiredKeys: ['value'] });
const elements = fc.array(element, { maxLength: 3 });
const short = text.filter((word) => word.length < 200);
const address = fc.record(
  { type: text, streetAddress: short, locality: short, country: fc.constantFrom('US', 'de') },
  { requiredKeys: ['locality', 'country'] },
);
const mail = element.map((one) => ({ ...one, value: one.value.replace(/[^\w@.é]/gu, 'x').slice(0, 200) }));

/** Users that have all kinds of attributes, without those that must be unique. */
export const users = fc.record(
  {
    displayName: text,
    nickName: text,
    title: short,
    name: fc.record({ givenName: short, familyName: fc.constantFrom(...words), formatted: text }, { requiredKeys: [] }),
    active: fc.boolean(),
    emails: fc.array(mail, { maxLength: 2 }),
    phoneNumbers: fc.array(
      element.map((one) => ({ ...one, value: one.value.slice(0, 200) })),
      { maxLength: 2 },
    ),
    photos: elements,
    roles: elements,
    entitlements: elements,
    addresses: fc.array(address, { maxLength: 2 }),
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': fc.record(
      {
        department: fc.constantFrom(...words),
        costCenter: fc.constantFrom(...words),
        manager: fc.record({ value: text }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

/** Every path that can be filtered by. */
export function pathsOf(type: ResourceType): readonly AttributePath[] {
  const owners: readonly AttributePath[] = [
    ...[...type.topLevel.values()].map((attribute) => ({ schema: type.schema, extension: false, attribute })),
    ...type.extensions.flatMap(({ schema }) =>
      schema.attributes.map((attribute) => ({ schema, extension: true, attribute })),
    ),
  ];
  return owners.filter(({ attribute }) => attribute.returned !== 'never');
}

/** Strings that stand anywhere in the resources, so that comparisons hold now and then. */
export function textsIn(resources: readonly unknown[]): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string') found.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  resources.forEach(visit);
  return [...found];
}

const textual: readonly CompareOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const ordered: readonly CompareOperator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

function comparison(
  definition: AttributeDefinition,
  known: readonly string[],
): fc.Arbitrary<[CompareOperator, FilterValue]> {
  const pair = (ops: readonly CompareOperator[], values: fc.Arbitrary<FilterValue>) =>
    fc.tuple(fc.constantFrom(...ops), values);
  switch (definition.type) {
    case 'boolean':
      return pair(['eq', 'ne'], fc.boolean());
    case 'integer':
    case 'decimal':
      return pair(ordered, fc.constantFrom(-1, 0, 1, 7, 12.5, 1000));
    case 'dateTime':
      return pair(ordered, fc.constantFrom(...times));
    case 'binary':
      return pair(['eq', 'ne', 'co', 'sw', 'ew'], text);
    default: {
      const part = fc.constantFrom(...known).chain((whole) => {
        const points = [...whole];
        return fc
          .nat(points.length)
          .chain((from) => fc.nat(points.length - from).map((length) => points.slice(from, from + length).join('')));
      });
      return pair(
        textual,
        fc.oneof(
          text,
          fc.constantFrom(...known),
          part,
          fc.constantFrom(...known).map((one) => one.toUpperCase()),
        ),
      );
    }
  }
}

const combined = (leaf: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
  fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      leaf,
      fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map(allOf),
      fc.array(tie('filter'), { minLength: 2, maxLength: 3 }).map(anyOf),
      tie('filter').map((filter): Filter => ({ kind: 'not', filter })),
    ),
  })).filter;

/** Filters over everything that a resource type has and that can be searched, in any combination. */
export function filtersOf(type: ResourceType, stored: readonly Resource[]): fc.Arbitrary<Filter> {
  const known = ['x', ...textsIn(stored)];
  const leafAt = (path: AttributePath): fc.Arbitrary<Filter> => {
    const definition = path.subAttribute ?? path.attribute;
    return fc.oneof(
      {
        weight: 6,
        arbitrary: comparison(definition, known).map(([op, value]): Filter => ({ kind: 'compare', path, op, value })),
      },
      { weight: 1, arbitrary: fc.constant<Filter>({ kind: 'present', path }) },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom<CompareOperator>('eq', 'ne')
          .map((op): Filter => ({ kind: 'compare', path, op, value: null })),
      },
    );
  };
  const subPaths = (path: AttributePath): AttributePath[] =>
    path.attribute.subAttributes
      // The version is a digest, which no table holds.
      .filter(({ name, type: kind }) => kind !== 'complex' && !(path.attribute.name === 'meta' && name === 'version'))
      .map((subAttribute) => ({ ...path, subAttribute }));
  const leaves = pathsOf(type).flatMap((path) => {
    if (path.attribute.type !== 'complex') return [leafAt(path)];
    const inner = subPaths(path).map(leafAt);
    const whole: Filter = { kind: 'present', path };
    const bracket = combined(fc.oneof(...inner)).map((filter): Filter => ({ kind: 'valuePath', path, filter }));
    return [...inner, fc.constant(whole), bracket, bracket];
  });
  return combined(fc.oneof(...leaves));
}

/** The same filters, shown as text in a counterexample. */
export const printed = (filters: fc.Arbitrary<Filter>): fc.Arbitrary<{ filter: Filter }> =>
  filters.map((filter) => ({ filter, [fc.toStringMethod]: () => printFilter(filter) }));
