import { expect } from 'chai';
import fc from 'fast-check';
import {
  allOf,
  anyOf,
  type CompareOperator,
  evaluate,
  type Filter,
  type FilterValue,
  printFilter,
  type Resource,
  resolveName,
  userResourceType,
} from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import { openHost, type ScimHost } from '../host.ts';

function path(name: string) {
  const found = resolveName(name, userResourceType, true);
  if (found.kind !== 'attribute') throw new Error(`${name} is no attribute`);
  return found.path;
}

const everyOp = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
const words = [
  'ada',
  'ADA',
  'Å',
  'ß',
  'ss',
  'σας',
  'ΣΑΣ',
  '%',
  '_',
  'a_a',
  ' a',
  'a ',
  '\\',
  '"',
  '😀',
  '\uff21',
  'ﬁ',
  '1',
  '01',
  'é',
  'e\u0301',
];
const text = fc.oneof(
  fc.constantFrom(...words, 'work', 'Home', 'a@example.com', 'ADA@example.com'),
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
);

const compare = (
  name: string,
  ops: readonly CompareOperator[],
  values: fc.Arbitrary<FilterValue>,
): fc.Arbitrary<Filter> =>
  fc.tuple(fc.constantFrom(...ops), values).map(([op, value]) => ({ kind: 'compare', path: path(name), op, value }));
const present = (name: string): fc.Arbitrary<Filter> => fc.constant({ kind: 'present', path: path(name) });
const nothing = (name: string) => compare(name, ['eq', 'ne'], fc.constant(null));

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

const emailLeaf = fc.oneof(
  ...['emails.value', 'emails.type'].flatMap((name) => [compare(name, everyOp, text), present(name), nothing(name)]),
  compare('emails.primary', ['eq', 'ne'], fc.boolean()),
);
const userLeaf = fc.oneof(
  ...['userName', 'externalId', 'displayName'].flatMap((name) => [
    compare(name, everyOp, text),
    present(name),
    nothing(name),
  ]),
  compare('active', ['eq', 'ne'], fc.boolean()),
  compare('id', ['eq', 'ne'], fc.constantFrom('1', '2', '3', '04', '5-1', 'x')),
  present('emails'),
  emailLeaf,
  combined(emailLeaf).map((filter): Filter => ({ kind: 'valuePath', path: path('emails'), filter })),
);
const filters = combined(userLeaf);

const email = fc.record({
  value: text.map((part) => part.replace(/[\s"\\]/g, '')),
  type: fc.option(text, { nil: undefined }),
});
const user = fc.record({
  externalId: fc.option(text, { nil: undefined }),
  displayName: fc.option(text, { nil: undefined }),
  active: fc.boolean(),
  emails: fc.array(email, { maxLength: 3 }),
});

onBothEngines('A filter in the database', (engine) => {
  let host: ScimHost;
  let stored: Resource[];
  before(async () => {
    host = await openHost(engine);
    for (const [i, { emails, externalId, ...rest }] of fc.sample(user, { numRuns: 25, seed: 7 }).entries()) {
      // The first is the one that becomes the customer's address, which must be one and nobody else's.
      const main = { value: `Main${i}@example.com`, type: 'work', primary: true };
      await host.scim.create({
        ...rest,
        userName: `${words[i % words.length]}${i}`,
        ...(externalId === undefined ? {} : { externalId: `${externalId}${i % 2 ? '' : i}${'·'.repeat(i)}` }),
        emails: [main, ...emails.filter(({ value }) => value !== '').map((e) => ({ ...e, primary: false }))],
      });
    }
    await host.scim.create({ userName: 'no mail at all' });
    stored = (await host.scim.get('/Users?count=100')).json.Resources as unknown as Resource[];
    expect(stored).to.have.length(26);
  });
  after(() => host.close());

  it('finds whom the filter holds for, one by one, in any combination of what can be filtered by', async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const printed = printFilter(filter);
        const { status, json } = await host.scim.find(printed);
        expect(status, `${printed}: ${json.detail}`).to.equal(200);
        const found = (json.Resources as unknown as Resource[]).map(({ id }) => id);
        expect(found, printed).to.deep.equal(stored.filter((one) => evaluate(filter, one)).map(({ id }) => id));
        expect(json.totalResults, printed).to.equal(found.length);
      }),
      { numRuns: runs(250) },
    );
  });
});
