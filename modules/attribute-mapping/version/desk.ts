import type { Activities } from '../../activity/index.ts';
import type { Connection, Profile } from '../../connection/index.ts';
import type { CustomerAttribute, CustomerAttributes } from '../../customer/index.ts';
import type { ConfigReader, Events, Executor } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { imported } from '../document/exchange.ts';
import type { MappingIssue } from '../document/issue.ts';
import { refuseDocument } from './mapping-error.ts';
import type { versionSettings } from './settings.ts';
import { missingUsual } from './usual-attributes.ts';

/** What versions need to know of the language that mappings are written in. */
export interface MappingLanguage {
  /** Everything that is wrong with a document, whatever it is; it never throws. */
  check(document: unknown, attributes: readonly CustomerAttribute[]): readonly MappingIssue[];
  /** What is in effect for connections of this profile until something is published. */
  preset(profile: Profile): MappingDocument;
  /** Whether a path names an attribute of a known schema, or one that the document declares. */
  isKnownSource(source: string, document: MappingDocument): boolean;
}

/** What drafts and versions are worked on with. */
export interface Desk {
  readonly language: MappingLanguage;
  readonly attributes: CustomerAttributes;
  readonly activities: Activities;
  readonly events: Events;
  readonly config: ConfigReader<(typeof versionSettings)['fields']>;
  /** Makes this process read anew what is in effect. */
  readonly published: () => void;
}

/**
 * The issues of a document, given the attributes that the store has and those just made. An attribute that was made a moment
 * ago, by this process or another, is none: before something is refused the attributes are read anew.
 */
export async function issuesOf(
  { language, attributes }: Desk,
  db: Executor,
  document: unknown,
  made: readonly CustomerAttribute[] = [],
): Promise<readonly MappingIssue[]> {
  const codes = new Set(made.map(({ code }) => code));
  const check = (stored: readonly CustomerAttribute[]): readonly MappingIssue[] => {
    const known = [...stored.filter(({ code }) => !codes.has(code)), ...made];
    return language.check(document, [...known, ...missingUsual(known)]);
  };
  const issues = check(await attributes.all(db));
  return issues.some(({ severity }) => severity === 'error') ? check(await attributes.seenBy(db)) : issues;
}

/**
 * The document, once it is sure to be one that can be published, and what is to be said of it nevertheless.
 * @throws MappingError `MAPPING_INVALID`
 */
export async function admit(
  desk: Desk,
  db: Executor,
  connection: Connection,
  document: unknown,
  made?: readonly CustomerAttribute[],
): Promise<{ document: MappingDocument; issues: readonly MappingIssue[] }> {
  return passed(connection, document, await issuesOf(desk, db, document, made), ({ severity }) => severity === 'error');
}

/**
 * The document, once it is sure to have the form of one; what it says may be wrong yet.
 * @throws MappingError `MAPPING_INVALID`
 */
export async function admitUnfinished(
  desk: Desk,
  db: Executor,
  connection: Connection,
  document: unknown,
  made?: readonly CustomerAttribute[],
): Promise<{ document: MappingDocument; issues: readonly MappingIssue[] }> {
  return passed(connection, document, await issuesOf(desk, db, document, made), ({ code }) => code === 'schema');
}

/** The document with its issues, unless one of them forbids to go on: then all of those. */
function passed(
  connection: Connection,
  document: unknown,
  issues: readonly MappingIssue[],
  forbids: (issue: MappingIssue) => boolean,
): { document: MappingDocument; issues: readonly MappingIssue[] } {
  const forbidding = issues.filter(forbids);
  if (forbidding.length > 0) throw refuseDocument(connection.code, forbidding);
  return { document: imported(document as MappingDocument), issues };
}
