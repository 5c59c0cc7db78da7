import { expect } from 'chai';
import { directions } from '../../../modules/attribute-mapping/document/document.ts';
import {
  checkDocument,
  compile,
  type MappedCustomer,
  type MappedValue,
  type MappingRow,
} from '../../../modules/attribute-mapping/index.ts';
import { standardTransforms } from '../../../modules/attribute-mapping/transform/standard.ts';
import type { Resource } from '../../../modules/scim/index.ts';
import { runs } from '../../setup/runs.ts';
import { connection } from '../mapping-under-test.ts';
import { column, custom } from '../store-attributes.ts';
import { attributes as known } from './row-under-test.ts';

const attributes = [
  ...known,
  custom('price', 'decimal'),
  custom('story', 'text'),
  column('dob', { kind: { is: 'date' }, input: 'date' }),
];

/** A store that has, of its own attributes, the one that a target is about: others would only take time. */
const storeFor = (target: string) => ({
  attributes: attributes.filter(({ code }) => code === nameOf(target) || code === 'motto'),
  transforms: standardTransforms,
  choices: {
    group: new Map([[2, 'Wholesale']]),
    store_view: new Map([[1, 'default']]),
    website: new Map([[1, 'base']]),
  },
});

/** A target, what a provider says of it, and what the store holds then. */
interface Case {
  readonly target: string;
  readonly said: string;
  readonly held: unknown;
  /** What stands in where nothing is sent. */
  readonly fallback: readonly [said: string, held: unknown];
  /** The value as rows hold it, by the name that it has in the row, where these are others. */
  readonly row?: readonly [name: string, value: MappedValue];
  /** As it is told, where that is not as it was sent. */
  readonly told?: string;
}

const same = (target: string, said: string, fallback: string): Case => ({
  target,
  said,
  held: said,
  fallback: [fallback, fallback],
});
const choice = (target: string, said: string, name: string, id: number): Case => ({
  ...same(target, said, 'other'),
  row: [name, id],
});
const time = (target: string, held: string, fallback: string): Case => ({
  target,
  said: '2024-02-29',
  held,
  fallback: ['2000-01-01', fallback],
  told: '2024-02-29T00:00:00Z',
});

const cases: readonly Case[] = [
  same('email', 'a@x.example', 'd@x.example'),
  same('firstname', 'Ada', 'Default'),
  same('taxvat', '1', '2'),
  time('dob', '2024-02-29', '2000-01-01'),
  time('joined', '2024-02-29 00:00:00', '2000-01-01 00:00:00'),
  { target: 'gender', said: 'Female', held: 2, fallback: ['Male', 1] },
  same('motto', 'Ad astra', 'None'),
  same('customer.story', 'Once', 'Never'),
  { target: 'size', said: '42', held: 42, fallback: ['0', 0] },
  { target: 'price', said: '1.5', held: '1.5000', fallback: ['0.5', '0.5000'] },
  { target: 'vip', said: 'true', held: 1, fallback: ['false', 0] },
  { target: 'tier', said: 'Gold', held: 7, fallback: ['Silver', 5] },
  { target: 'likes', said: 'Gold', held: '7', fallback: ['Silver', '5'] },
  same('address.city', 'Ulm', 'Bonn'),
  same('billing.country_id', 'DE', 'FR'),
  same('shipping.region', 'Bavaria', 'Hesse'),
  choice('group', 'Wholesale', 'group_id', 2),
  choice('store_view', 'default', 'store_id', 1),
  choice('website', 'base', 'website_id', 1),
  { target: 'newsletter', said: 'true', held: true, fallback: ['false', false], row: ['newsletter', 1] },
];

const source = 'nickName';
const tableOf = (said: string) => (said === 'true' ? { key: 'true', no: 'false' } : { key: said });
const kinds: Readonly<Record<MappingRow['type'], (said: string) => object>> = {
  direct: () => ({ source }),
  constant: (said) => ({ value: said }),
  template: () => ({ template: `{${source}}` }),
  lookup: (said) => ({ source, table: tableOf(said) }),
  expression: () => ({ expression: source }),
};
/** Targets that are never without a value, because the store can't be. */
const indispensable: ReadonlySet<string> = new Set(['email', 'firstname']);

const isAddress = (target: string): boolean => /^(address|billing|shipping)\./.test(target);
const nameOf = (target: string): string => target.replace('customer.', '');

function heldBy(mapped: MappedCustomer, target: string): unknown {
  const [owner = '', field = ''] = target.split('.');
  if (isAddress(target)) return mapped[owner as 'address'] && (mapped[owner as 'address']?.[field] ?? null);
  if (target === 'store_view') return mapped.storeView;
  if (target === 'group' || target === 'website' || target === 'newsletter') return mapped[target];
  return mapped.attributes[nameOf(target)];
}

interface Combination extends Required<Pick<MappingRow, 'type' | 'apply' | 'onNull'>> {
  readonly one: Case;
  readonly direction: MappingRow['direction'] | undefined;
}

function* combinations(): Generator<Combination> {
  for (const one of cases)
    for (const type of ['direct', 'constant', 'template', 'lookup', 'expression'] as const)
      for (const apply of ['always', 'create', 'if-empty'] as const)
        for (const onNull of ['keep', 'clear', 'default'] as const)
          for (const direction of [undefined, ...directions]) yield { one, type, apply, onNull, direction };
}

/**
 * Every seventh in `npm test`, all of them in a campaign. Over the targets that still has every kind of row with every rule
 * in every direction, because seven divides none of their numbers.
 */
const step = runs(1) > 1 ? 1 : 7;

function rowOf({ one, type, apply, onNull, direction }: Combination): MappingRow {
  const rules = { apply, onNull, ...(onNull === 'default' ? { default: one.fallback[0] } : {}) };
  const row = { id: 'r', type, target: one.target, ...kinds[type](one.said), ...rules };
  return (direction === undefined ? row : { ...row, direction }) as MappingRow;
}

/** Works in full, in the one direction and in the other, as the language says. */
function requireWorks(combination: Combination, row: MappingRow): void {
  const { one, type, apply, onNull, direction } = combination;
  const mapping = compile({ version: 1, rows: [row] }, storeFor(one.target));
  expect(mapping.resting).to.deep.equal([]);
  const map = (user: Resource, computed = {}) =>
    heldBy(mapping.map({ userName: 'x', ...user }, connection, computed), one.target);
  const sent: Resource = { [source]: type === 'lookup' ? 'key' : one.said };
  const backName = one.row?.[0] ?? nameOf(one.target);
  const goesBack = type === 'direct' || type === 'lookup';
  const isTold = goesBack && (direction === undefined ? one.row === undefined : direction !== 'in');
  expect(mapping.hasInverse(nameOf(one.target)), 'hasInverse').to.equal(isTold);
  if (isTold) {
    const value = one.row?.[1] ?? (one.held as MappedValue);
    const user = mapping.toUser({ userName: 'x', [source]: 'other' }, new Map([[backName, value]]));
    expect(user[source], 'told').to.equal(type === 'lookup' ? 'key' : (one.told ?? one.said));
  }
  if (direction === 'out') {
    if (!indispensable.has(one.target)) expect(map(sent), 'out').to.equal(undefined);
    return;
  }
  // Nothing but constants and defaults makes no address.
  const missing = isAddress(one.target) ? undefined : null;
  expect(map(sent, { r: one.said }), 'in').to.equal(
    type === 'constant' ? (missing === null ? one.held : missing) : one.held,
  );
  const without = type === 'constant' ? one.held : onNull === 'default' ? one.fallback[1] : null;
  if (without !== null || !indispensable.has(one.target))
    expect(map({}), 'nothing').to.equal(missing === undefined ? missing : without);
  const rule = mapping.map({ userName: 'x' }, connection).rules?.get(nameOf(one.target));
  const usual = apply === 'always' && onNull !== 'keep';
  expect(rule, 'rule').to.deep.equal(usual ? undefined : { apply, onNull: onNull === 'keep' ? 'keep' : 'clear' });
}

describe('Every kind of row, of every kind of target, with every rule, in every direction', () => {
  it('works as it is said to, or is refused with a cure', () => {
    let [at, working, refused] = [0, 0, 0];
    for (const combination of combinations()) {
      if (at++ % step !== 0) continue;
      const row = rowOf(combination);
      const issues = checkDocument({ version: 1, rows: [row] }, storeFor(row.target)).filter(
        ({ severity }) => severity === 'error',
      );
      const { type, direction } = combination;
      const impossible = (direction === 'out' || direction === 'both') && type !== 'direct' && type !== 'lookup';
      const what = JSON.stringify(row);
      expect(
        issues.map(({ code, field }) => [code, field]),
        what,
      ).to.deep.equal(impossible ? [['direction-impossible', 'direction']] : []);
      if (impossible) {
        refused++;
        expect(issues[0]?.cure, what).to.match(/^.{10,}\.$/);
        continue;
      }
      working++;
      try {
        requireWorks(combination, row);
      } catch (error) {
        throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
      }
    }
    expect([at, working + refused, refused > 100]).to.deep.equal([3600, Math.ceil(at / step), true]);
  });
});
