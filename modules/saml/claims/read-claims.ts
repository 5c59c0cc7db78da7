import { type Source, SourceFault } from '../../attribute-mapping/index.ts';
import type { Profile } from '../../connection/index.ts';
import { isObject, type Resource, type ResourceType } from '../../scim/index.ts';
import type { SamlSettings } from '../provider/provider.ts';
import type { VerifiedAssertion } from '../verification/verified-assertion.ts';
import { byComparableName, comparableNames } from './claim-name.ts';
import { builtInClaims } from './claim-table.ts';
import { typed } from './claim-value.ts';
import { claimLimits, isKeepable } from './limits.ts';
import { placeOf } from './row.ts';

/** What the claims of an assertion come to. */
export interface ReadClaims {
  /** By which the person is told; empty where the assertion has nothing fit for that, and `issues` says why. */
  readonly identifier: string;
  /** A SCIM user as far as the claims say one, in the schema's spelling and types. */
  readonly document: Resource;
  /** Left out where the connection takes no groups from sign-ins; empty where it does and none came. */
  readonly groups: readonly string[] | undefined;
  /** Names of attributes that no row takes. */
  readonly unmapped: readonly string[];
  /** What came and could not be used, in sentences. */
  readonly issues: readonly string[];
}

export type Claims = Pick<VerifiedAssertion, 'nameId' | 'attributes'>;
type Table = Pick<SamlSettings, 'identifier' | 'groupsAttribute' | 'claims'>;

/** How the users of a connection are made. */
export interface ClaimsOf {
  readonly profile: Profile;
  readonly type: ResourceType;
}

/** The name under which a row means the NameID. */
const nameIdClaim = 'NameID';
const formats = 'urn:oasis:names:tc:SAML:2.0:nameid-format:';

/** Turns claims into a SCIM user by the connection's rows, or by the built-in table of its profile. Pure. */
export function readClaims({ nameId, attributes }: Claims, table: Table, { profile, type }: ClaimsOf): ReadClaims {
  const reading = new Reading(nameId.value, attributes);
  const identifier = reading.identifier(nameId, table.identifier);
  const opaque = nameId.format === `${formats}persistent` || nameId.format === `${formats}transient`;
  let document: Resource = {};
  const put = (path: string, values: readonly string[]): void => {
    const source = values.length === 0 ? undefined : reading.place(path, type);
    if (source && !isSaid(document, source)) document = reading.write(document, source, values);
  };
  if (table.claims.length > 0) for (const { claim, path } of table.claims) put(path, reading.exactly(claim));
  else
    for (const { path, claims } of builtInClaims(profile)) {
      // A NameID that is a name is the userName; by the claims it would be another one for some people.
      if (path === 'userName' && (table.identifier !== null || !opaque)) reading.take(claims);
      else put(path, reading.first(claims));
    }
  if (document.userName === undefined && identifier !== '') document = { userName: identifier, ...document };
  const groups = table.groupsAttribute === null ? undefined : [...new Set(reading.exactly(table.groupsAttribute))];
  return { identifier, document, groups, unmapped: reading.unmapped(), issues: reading.issues };
}

/** True where an earlier row has put something there already. */
function isSaid(document: Resource, source: Source): boolean {
  const value = source.read(document);
  return value !== undefined && !(isObject(value) && Object.keys(value).length === 0);
}

/** The claims of one assertion, and which of them were used. Names from outside stand in Maps and Sets only. */
class Reading {
  readonly issues: string[] = [];
  private readonly nameId: string;
  private readonly attributes = new Map<string, readonly string[]>();
  private readonly names: ReadonlyMap<string, string>;
  private readonly used = new Set<string>();

  constructor(nameId: string, attributes: ReadonlyMap<string, readonly string[]>) {
    this.nameId = nameId;
    for (const [name, values] of attributes) {
      if (this.attributes.size >= claimLimits.attributes) {
        this.issues.push(
          `The assertion has ${attributes.size} attributes; the first ${claimLimits.attributes} were read.`,
        );
        break;
      }
      this.attributes.set(name, this.usable(name, values));
    }
    this.names = byComparableName(this.attributes);
  }

  private usable(name: string, values: readonly string[]): readonly string[] {
    const kept: string[] = [];
    for (const value of values.slice(0, claimLimits.values)) {
      const text = value.trim();
      if (text === '') continue;
      if (text.length <= claimLimits.length && isKeepable(text)) kept.push(text);
      else this.issues.push(`A value of "${shown(name)}" is too long, or no text, and was left out.`);
    }
    if (values.length > claimLimits.values)
      this.issues.push(`"${shown(name)}" has ${values.length} values; the first ${claimLimits.values} were read.`);
    return kept;
  }

  identifier({ value, format }: Claims['nameId'], chosen: string | null): string {
    const text = chosen === null ? value.trim() : (this.exactly(chosen)[0] ?? '');
    const why =
      chosen === null && format === `${formats}transient`
        ? 'The NameID is transient: it is another one each time, so it tells nobody; choose an attribute as the identifier.'
        : text === ''
          ? `The assertion has no ${chosen === null ? 'NameID' : `attribute "${chosen}"`}, which identifies the person.`
          : text.length > claimLimits.identifier || !isKeepable(text)
            ? `The identifier of the person is longer than ${claimLimits.identifier} characters, or no text.`
            : undefined;
    if (why === undefined) return text;
    this.issues.push(why);
    return '';
  }

  /** The values of an attribute of exactly this name. */
  exactly(claim: string): readonly string[] {
    const values = this.attributes.get(claim);
    if (values) this.used.add(claim);
    if (values || claim !== nameIdClaim) return values ?? [];
    const text = this.nameId.trim();
    return text === '' || text.length > claimLimits.length || !isKeepable(text) ? [] : [text];
  }

  /** The values of the first of these names that comes with any. */
  first(claims: readonly string[]): readonly string[] {
    this.take(claims);
    for (const key of comparableNames(claims)) {
      const name = this.names.get(key);
      const values = name === undefined ? [] : (this.attributes.get(name) ?? []);
      if (values.length > 0) return values;
    }
    return [];
  }

  /** Says that attributes of these names are known. */
  take(claims: readonly string[]): void {
    for (const key of comparableNames(claims)) {
      const name = this.names.get(key);
      if (name !== undefined) this.used.add(name);
    }
  }

  place(path: string, type: ResourceType): Source | undefined {
    try {
      return placeOf(path, type);
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      this.issues.push(error.message);
      return undefined;
    }
  }

  write(document: Resource, source: Source, texts: readonly string[]): Resource {
    const values = texts.flatMap((text) => {
      const value = typed(text, source);
      if (value === undefined) this.issues.push(`A value is no ${source.type}, so "${source.text}" was left out.`);
      return value ?? [];
    });
    const [first, ...more] = values;
    if (first === undefined) return document;
    if (source.list) return source.write(document, [...new Set(values)]);
    return withOthers(source.write(document, first), source, more);
  }

  unmapped(): string[] {
    const names = [...this.attributes.keys()].filter((name) => !this.used.has(name));
    return names.slice(0, claimLimits.told).map(shown);
  }
}

const shown = (name: string): string => name.slice(0, claimLimits.toldLength);

/** Further addresses stand beside the main one. Of anything else that has one place, the first value counts. */
function withOthers(document: Resource, { text }: Source, more: readonly (string | number | boolean)[]): Resource {
  if (text !== 'emails[main].value' || more.length === 0 || !Array.isArray(document.emails)) return document;
  const emails: readonly unknown[] = document.emails;
  const known = new Set(emails.map((email) => (isObject(email) ? email.value : undefined)));
  const others = [...new Set(more)].filter((value) => !known.has(value)).map((value) => ({ value, type: 'other' }));
  return { ...document, emails: [...emails, ...others] };
}
