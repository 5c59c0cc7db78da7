import { invalidValue, type Resource } from '../../scim/index.ts';
import { type SpecialTarget, substantialFields } from '../document/target.ts';
import { fallbackEmail, fallbackNames, looksLikeEmail } from '../fallback.ts';
import type { Computed, ConnectionMapping, MappedCustomer, MappedValue, TargetRule } from '../mapping.ts';
import type { PreparedTarget } from './prepared-target.ts';
import type { Reader } from './reader.ts';

type Values = Record<string, MappedValue>;
type Step = readonly [name: string, read: Reader];

const noStandIns: ReadonlySet<string> = new Set();

/** Makes one function of all that goes in. It does per user what depends on the user, and nothing else. */
export function mapper(targets: readonly PreparedTarget[]): ConnectionMapping['map'] {
  const attributes = stepsOf(targets, ({ target }) => (target.kind === 'attribute' ? target.code : undefined));
  const addresses = (['address', 'billing', 'shipping'] as const).map(
    (of) => [of, addressReader(targets.filter(({ target }) => target.kind === 'address' && target.of === of))] as const,
  );
  const [, shared] = addresses[0] ?? [];
  const apart = addresses.slice(1).filter(([, read]) => read !== undefined);
  const specials = stepsOf(targets, ({ target }) =>
    target.kind === 'special' && target.key !== 'password' ? target.key : undefined,
  );
  const rules = rulesOf(targets);
  // One that is mapped is replaced where it is sent no longer, unless its rule keeps it.
  const email = targets.find(({ target, read }) => read && target.kind === 'attribute' && target.code === 'email');
  const emailStays = email === undefined || email.rule.onNull === 'keep';

  return (user, connection, computed) => {
    const values: Values = {};
    for (const [code, read] of attributes) values[code] = read(user, computed);
    const mapped: { -readonly [name in keyof MappedCustomer]: MappedCustomer[name] } = {
      attributes: values,
      address: shared?.(user, computed),
      standIns: complete(values, user, connection.code, emailStays),
    };
    for (const [of, read] of apart) mapped[of] = read?.(user, computed);
    for (const [name, read] of specials) setSpecial(mapped, name as SpecialTarget, read(user, computed));
    if (rules) mapped.rules = rules;
    return mapped;
  };
}

function stepsOf(
  targets: readonly PreparedTarget[],
  nameOf: (target: PreparedTarget) => string | undefined,
): readonly Step[] {
  return targets.flatMap((target) => {
    const name = nameOf(target);
    return name === undefined || !target.read ? [] : [[name, target.read] as const];
  });
}

/** Fills in what Magento can't save a customer without, and answers which targets that was for. */
function complete(values: Values, user: Resource, connectionCode: string, emailStays: boolean): ReadonlySet<string> {
  let standIns = noStandIns;
  if (values.firstname == null || values.lastname == null) {
    standIns = new Set(['firstname', 'lastname'].filter((code) => values[code] == null));
    const names = fallbackNames(user);
    for (const code of standIns) values[code] = names[code as keyof typeof names];
  }
  if (values.email == null) {
    values.email = fallbackEmail(user, connectionCode);
    if (emailStays) standIns = new Set([...standIns, 'email']);
  } else if (!looksLikeEmail(String(values.email)))
    throw invalidValue(`"emails" holds "${values.email}", which is not an e-mail address.`);
  return standIns;
}

type AddressReader = (user: Resource, computed: Computed | undefined) => Values | undefined;

/** Reads an address; there is none where nothing that makes one comes from the user. */
function addressReader(targets: readonly PreparedTarget[]): AddressReader | undefined {
  const steps = stepsOf(targets, ({ target }) => (target.kind === 'address' ? target.field : undefined));
  if (steps.length === 0) return undefined;
  const sure = targets.filter(({ target, ins }) => isSubstantial(target) && ins.every(bringsUsersOwn));
  const unsure = targets.filter((target) => isSubstantial(target.target) && !sure.includes(target));
  const sureFields = sure.flatMap(({ target }) => (target.kind === 'address' ? [target.field] : []));
  return (user, computed) => {
    const address: Values = {};
    for (const [field, read] of steps) address[field] = read(user, computed);
    const something =
      sureFields.some((field) => address[field] !== null) || unsure.some(({ fromUser }) => fromUser(user, computed));
    return something ? address : undefined;
  };
}

const isSubstantial = (target: PreparedTarget['target']): boolean =>
  target.kind === 'address' && substantialFields.has(target.field);

const bringsUsersOwn = ({ row, fallback }: PreparedTarget['ins'][number]): boolean =>
  row.type !== 'constant' && fallback === null;

function setSpecial(
  mapped: { -readonly [name in keyof MappedCustomer]: MappedCustomer[name] },
  target: SpecialTarget,
  value: MappedValue,
): void {
  if (target === 'newsletter') mapped.newsletter = value === null ? null : value === 1;
  else {
    const said = value === null ? null : String(value);
    if (target === 'store_view') mapped.storeView = said;
    else if (target === 'group' || target === 'website') mapped[target] = said;
  }
}

/** Rules that are not the usual ones, by target; undefined where all are. */
function rulesOf(targets: readonly PreparedTarget[]): ReadonlyMap<string, TargetRule> | undefined {
  const unusual = targets.filter(
    ({ ins, rule }) => ins.length > 0 && (rule.apply !== 'always' || rule.onNull !== 'clear'),
  );
  return unusual.length === 0 ? undefined : new Map(unusual.map(({ target, rule }) => [target.key, rule]));
}
