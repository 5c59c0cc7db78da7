import {
  type AttributeTarget,
  evaluate,
  type Filter,
  mutability,
  type PatchOperation,
  printPatchPath,
  type Resource,
} from '../../scim/index.ts';
import { type MemberRef, memberValue, readMemberRef, unknownMember } from './member-ref.ts';

/** Members that come and go, on top of those that are there or of none. By the text of their id. */
export interface MemberDelta {
  readonly kind: 'delta';
  /** True once all members that were there before have been removed. */
  empties: boolean;
  readonly adds: Map<string, MemberRef>;
  readonly removes: Map<string, MemberRef>;
}

/** Members that have to be looked at before it is known which of them are meant. */
export interface MemberSelection {
  readonly kind: 'selection';
  readonly path: AttributeTarget;
  readonly filter: Filter;
  /** Takes the place of those selected, who must exist; none: they are removed. */
  readonly replacement?: unknown;
}

export type MemberStep = MemberDelta | MemberSelection;

const newDelta = (): MemberDelta => ({ kind: 'delta', empties: false, adds: new Map(), removes: new Map() });

/** The delta that makes a list the members of a group, whoever is in it now. @throws ScimError `invalidValue` */
export function wholeList(elements: unknown): MemberDelta {
  const delta = newDelta();
  delta.empties = true;
  addAll(delta, elements);
  return delta;
}

/**
 * What the operations of a PATCH on `members` do, without knowing the members: mostly one delta. Operations on other
 * attributes are left to the caller.
 *
 * @throws ScimError `invalidValue` for what can be nobody's id, `mutability` for a change of one member in itself
 */
export function planMembers(operations: readonly PatchOperation[]): MemberStep[] {
  const steps: MemberStep[] = [];
  const delta = (): MemberDelta => {
    const last = steps.at(-1);
    if (last?.kind === 'delta') return last;
    const next = newDelta();
    steps.push(next);
    return next;
  };
  for (const operation of operations) {
    const { path } = operation;
    if (path.kind !== 'attribute') continue;
    if (path.subAttribute)
      throw mutability(`${printPatchPath(path)} is immutable: members are added and removed as a whole.`);
    if (path.filter) steps.push(...planSelection(operation, path, path.filter, delta));
    else if (operation.op === 'remove') removeAll(delta(), operation.value);
    else {
      if (operation.op === 'replace') empty(delta());
      addAll(delta(), operation.value);
    }
  }
  return steps;
}

function planSelection(
  operation: PatchOperation,
  path: AttributeTarget,
  filter: Filter,
  delta: () => MemberDelta,
): MemberSelection[] {
  const named = namedBy(filter, path);
  if (operation.op === 'remove') {
    if (!named) return [{ kind: 'selection', path, filter }];
    remove(delta(), named);
    return [];
  }
  if (operation.op === 'replace') return [{ kind: 'selection', path, filter, replacement: operation.value }];
  const [only] = named ?? [];
  if (!only || named?.length !== 1)
    throw mutability(`${printPatchPath(path)} can't be added to: members are added and removed as a whole.`);
  addAll(delta(), { value: only, ...(operation.value as Resource) });
  return [];
}

/**
 * The ids that a filter names, where it can select no others: `value eq "a" or value eq "b"`, alone or with further
 * terms about `value` and `type`. Undefined where the members have to be asked.
 */
export function namedBy(filter: Filter, { schema, extension, attribute }: AttributeTarget): string[] | undefined {
  if (!asksOnlyFor(filter, new Set(['value', 'type']))) return undefined;
  const whole: Filter = { kind: 'valuePath', path: { schema, extension, attribute }, filter };
  return candidatesOf(filter)?.filter((value) => {
    const type = readMemberRef(value)?.kind === 'group' ? 'Group' : 'User';
    return evaluate(whole, { members: [{ value, type }] });
  });
}

function candidatesOf(filter: Filter): string[] | undefined {
  switch (filter.kind) {
    case 'compare': {
      const { op, value, path } = filter;
      return op === 'eq' && typeof value === 'string' && path.subAttribute?.name === 'value' ? [value] : undefined;
    }
    case 'and':
      return filter.filters.map(candidatesOf).find((found) => found !== undefined);
    case 'or': {
      const all = filter.filters.map(candidatesOf);
      return all.every((found) => found !== undefined) ? [...new Set(all.flat())] : undefined;
    }
    default:
      return undefined;
  }
}

function asksOnlyFor(filter: Filter, names: ReadonlySet<string>): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.every((part) => asksOnlyFor(part, names));
    case 'not':
    case 'valuePath':
      return asksOnlyFor(filter.filter, names);
    default:
      return names.has(filter.path.subAttribute?.name ?? '');
  }
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

function empty(delta: MemberDelta): void {
  delta.empties = true;
  delta.adds.clear();
  delta.removes.clear();
}

function addAll(delta: MemberDelta, elements: unknown): void {
  for (const element of listOf(elements)) {
    const value = memberValue(element);
    const ref = readMemberRef(value);
    if (!ref) throw unknownMember(value);
    delta.removes.delete(ref.text);
    delta.adds.set(ref.text, ref);
  }
}

/** Whoever is not in the group, or is nobody at all, is not in it afterwards either. */
function remove(delta: MemberDelta, values: readonly string[]): void {
  for (const value of values) {
    const ref = readMemberRef(value);
    if (!ref) continue;
    delta.adds.delete(ref.text);
    delta.removes.set(ref.text, ref);
  }
}

function removeAll(delta: MemberDelta, elements: readonly unknown[] | undefined): void {
  if (elements === undefined) empty(delta);
  else remove(delta, elements.map(memberValue));
}
