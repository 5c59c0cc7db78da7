import { fold, isObject, isUnassigned, type Resource, sameJson } from '../../scim/index.ts';
import { counterparts, elementName, elementsOf, kindMembers, leavesOthers, mainOf, typeOf } from './elements.ts';
import type { SignInDisagreement } from './sign-ins.ts';

/** What two protocols say of a person. */
export interface Merging {
  /** The user as a read shows it now: what SCIM sent, with what the store has changed. */
  readonly current: Resource;
  /** What the sign-in says. */
  readonly said: Resource;
  /** As much of the user as stands there because an earlier sign-in wrote it. */
  readonly wrote: Resource;
  /** The sign-in's values replace others'. */
  readonly wins: boolean;
}

export interface Merged {
  readonly document: Resource;
  /** As much of it as stands there because of sign-ins. */
  readonly wrote: Resource;
  readonly disagreements: readonly SignInDisagreement[];
}

/** Not said by sign-ins at all: who signs in is active, and the rest is the store's to say. */
const notSaid: ReadonlySet<string> = new Set(['schemas', 'id', 'meta', 'active', 'groups', 'password']);
/** What SCIM finds a user by. Where SCIM has it, even sign-ins that win leave it, or its look-ups would find nobody. */
const keys: ReadonlySet<string> = new Set(['userName', 'externalId']);
/** Without these a customer is nobody, so a claim that comes no longer does not take them away. */
const staying: ReadonlySet<string> = new Set(['userName', 'externalId', 'name', 'displayName', 'emails']);
/** Texts that are the same in whatever case. */
const caseless: ReadonlySet<string> = new Set(['userName', 'emails']);

interface Part {
  readonly value: unknown;
  readonly wrote: unknown;
}

/**
 * What a user becomes by a sign-in, value by value. SCIM's (or the store's) value stays wherever there is one, unless a
 * sign-in wrote it and nobody has changed it since; `wins` reverses that. A value that only sign-ins gave goes with its
 * claim, since identity providers leave out attributes that have been emptied, but for names and addresses; a sign-in that
 * says nothing but who it is says nothing of the rest either.
 */
export function merge({ current, said, wrote, wins }: Merging): Merged {
  const silent = Object.keys(said).every((name) => name === 'userName' || notSaid.has(name));
  const disagreements: SignInDisagreement[] = [];
  const document: Resource = { ...current };
  const left: Resource = {};
  for (const name of new Set([...Object.keys(said), ...Object.keys(wrote)])) {
    if (notSaid.has(name)) continue;
    const merging = new AttributeMerge({
      wins: wins && !keys.has(name),
      takesBack: !silent && !staying.has(name),
      caseless: caseless.has(name),
      disagreements,
    });
    const part = merging.any(name, current[name], said[name], wrote[name]);
    if (part.value === undefined) delete document[name];
    else document[name] = part.value;
    if (part.wrote !== undefined) left[name] = part.wrote;
  }
  return { document, wrote: left, disagreements };
}

interface Manner {
  readonly wins: boolean;
  readonly takesBack: boolean;
  readonly caseless: boolean;
  readonly disagreements: SignInDisagreement[];
}

const emptyAsNone = (object: Resource): Resource | undefined => (Object.keys(object).length > 0 ? object : undefined);

const nobodys: Part = { value: undefined, wrote: undefined };

const emptyListAsNone = (list: readonly Resource[]): readonly Resource[] | undefined =>
  list.length > 0 ? list : undefined;

class AttributeMerge {
  private readonly manner: Manner;

  constructor(manner: Manner) {
    this.manner = manner;
  }

  any(at: string, current: unknown, said: unknown, wrote: unknown): Part {
    const present = [current, said, wrote].filter((value) => !isUnassigned(value));
    if (present.every(isObject)) return this.members(at, asObject(current), asObject(said), asObject(wrote));
    const [elements, others] = [elementsOf(current), elementsOf(said)];
    if (present.every(Array.isArray) && elements && others)
      return this.elements(at, elements, others, elementsOf(wrote) ?? []);
    return this.leaf(at, current, said, wrote);
  }

  private members(at: string, current: Resource, said: Resource, wrote: Resource): Part {
    const value: Resource = { ...current };
    const left: Resource = {};
    for (const name of new Set([...Object.keys(said), ...Object.keys(wrote)])) {
      const part = this.any(`${at}${at.startsWith('urn:') ? ':' : '.'}${name}`, current[name], said[name], wrote[name]);
      if (part.value === undefined) delete value[name];
      else value[name] = part.value;
      if (part.wrote !== undefined) left[name] = part.wrote;
    }
    return { value: emptyAsNone(value), wrote: emptyAsNone(left) };
  }

  private elements(
    at: string,
    current: readonly Resource[],
    said: readonly Resource[],
    wrote: readonly Resource[],
  ): Part {
    if (current.length === 0) return said.length === 0 ? nobodys : { value: said, wrote: said };
    if (this.manner.wins && said.length > 0) return this.winning(at, current, said, wrote);
    const value: (Resource | undefined)[] = [...current];
    const left: Resource[] = [];
    // What sign-ins wrote stands as kinds of what is there, so that it is found by these.
    const [standing, ours] = [counterparts(current, said), counterparts(current, wrote)];
    // A list that is all theirs and has another shape now is simply the new one.
    const wholly = current.every((element, place) => sameJson(element, wrote[ours.indexOf(place)]));
    if (standing.includes(-1) && wholly) return { value: said, wrote: said };
    const main = mainOf(current);
    const mainIsOurs = isSame(current[main], wrote[ours.indexOf(main)]);
    for (const [index, element] of said.entries()) {
      const path = `${at}${elementName(element)}`;
      const place = standing[index] ?? -1;
      const there = current[place];
      if (there) {
        const part = this.inner(path, there, element, wrote[ours.indexOf(place)] ?? {});
        value[place] = part.value;
        if (part.wrote) left.push(part.wrote);
        continue;
      }
      const present = value.filter((one) => one !== undefined);
      const { primary, ...rest } = element;
      const added = present.some((one) => one.primary === true) ? rest : element;
      const leaves = leavesOthers(present, added);
      if (leaves === 'all' || (leaves === 'types' && mainIsOurs)) {
        value.push(added);
        left.push(added);
      } else this.manner.disagreements.push({ path, scim: undefined, saml: element.value });
    }
    for (const [index, element] of wrote.entries()) {
      const place = ours[index] ?? -1;
      const there = current[place];
      if (!there || standing.includes(place)) continue;
      const part = this.inner(`${at}${elementName(element)}`, there, kindOf(element), element);
      value[place] = Object.keys(part.value).some((name) => !kindMembers.has(name)) ? part.value : undefined;
      if (part.wrote) left.push(part.wrote);
    }
    const whole = value.filter((one) => one !== undefined);
    return { value: whole.length > 0 ? whole : undefined, wrote: left.length > 0 ? left : undefined };
  }

  /** Who wins says what elements of its types are, and which is the main one; SCIM's others stay. */
  private winning(
    at: string,
    current: readonly Resource[],
    said: readonly Resource[],
    wrote: readonly Resource[],
  ): Part {
    const ofType = (list: readonly Resource[], element: Resource) =>
      list.find((one) => typeOf(one) === typeOf(element));
    const saysMain = said.some((element) => element.primary === true);
    const value: Resource[] = [];
    const left: Resource[] = [];
    for (const there of current) {
      const { primary, ...rest } = there;
      const element = ofType(said, there);
      const ours = ofType(wrote, there);
      const base = saysMain ? { ...rest, ...(element?.primary === true ? { primary: true } : {}) } : there;
      const part = this.inner(`${at}${elementName(there)}`, base, element ?? kindOf(base), ours ?? {});
      if (Object.keys(part.value).some((name) => !kindMembers.has(name))) value.push(part.value);
      if (part.wrote) left.push(part.wrote);
    }
    const added = said.filter((element) => !ofType(current, element));
    return { value: [...value, ...added], wrote: emptyListAsNone([...left, ...added]) };
  }

  /** One element: what kind it is stays, what it says is merged. */
  private inner(
    at: string,
    current: Resource,
    said: Resource,
    wrote: Resource,
  ): { value: Resource; wrote: Resource | undefined } {
    const part = this.members(at, without(current), without(said), without(wrote));
    const left = part.wrote as Resource | undefined;
    return {
      value: { ...kindOf(current), ...(part.value as Resource | undefined) },
      wrote: left && { ...kindOf(current), ...left },
    };
  }

  private leaf(at: string, current: unknown, said: unknown, wrote: unknown): Part {
    const ours = !isUnassigned(wrote) && this.same(current, wrote);
    if (isUnassigned(said)) {
      if (!ours) return { value: isUnassigned(current) ? undefined : current, wrote: undefined };
      return this.manner.takesBack ? { value: undefined, wrote: undefined } : { value: current, wrote };
    }
    if (isUnassigned(current)) return { value: said, wrote: said };
    if (this.same(current, said)) return { value: current, wrote: ours ? wrote : undefined };
    if (ours || this.manner.wins) return { value: said, wrote: said };
    if (!isWithin(said, current)) this.manner.disagreements.push({ path: at, scim: current, saml: said });
    return { value: current, wrote: undefined };
  }

  private same(left: unknown, right: unknown): boolean {
    if (this.manner.caseless && typeof left === 'string' && typeof right === 'string')
      return fold(left) === fold(right);
    return sameJson(left, right);
  }
}

/** True for an element that stands there as a sign-in wrote it. */
const isSame = (there: Resource | undefined, ours: Resource | undefined): boolean =>
  there !== undefined && ours !== undefined && sameJson(without(there), without(ours));

const asObject = (value: unknown): Resource => (isObject(value) ? value : {});

const without = (element: Resource): Resource =>
  Object.fromEntries(Object.entries(element).filter(([name]) => !kindMembers.has(name)));

const kindOf = (element: Resource): Resource =>
  Object.fromEntries(Object.entries(element).filter(([name]) => kindMembers.has(name)));

/** True where a list says nothing that the other does not say as well, among more. */
function isWithin(said: unknown, current: unknown): boolean {
  if (!Array.isArray(said) || !Array.isArray(current)) return false;
  const saidBy = (element: unknown): string => fold(String(isObject(element) ? element.value : element));
  const known = new Set(current.map(saidBy));
  return said.every((element) => known.has(saidBy(element)));
}
