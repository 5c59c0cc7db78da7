import type { Connection } from '../../connection/index.ts';
import type { CustomerAttribute } from '../../customer/index.ts';
import { type Database, type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import type { MappingIssue } from '../document/issue.ts';

/** A mapping that was published. Versions of a connection count from 1 and never change. */
export interface MappingVersion {
  readonly version: number;
  readonly author: string;
  readonly comment: string | null;
  /** The version that this is a copy of, where it was rolled back to; 0 is the preset. */
  readonly restored: number | null;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  readonly publishedAt: string;
}

/** A version with what it says; version 0, without an author, is the preset of the connection's profile. */
export interface MappingInEffect extends Partial<MappingVersion> {
  readonly version: number;
  readonly document: MappingDocument;
}

/** The next version of a connection's mapping, while people work on it. There is one at most. */
export interface MappingDraft {
  /** Changes with every change, and is never given twice: whoever changes or publishes the draft says which they saw. */
  readonly revision: number;
  /** The version that was in effect when it was begun. */
  readonly basedOn: number;
  readonly document: MappingDocument;
  readonly author: string;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  readonly changedAt: string;
}

/** A document of a connection: that of a version by its number, the draft, what is in effect, or the profile's preset. */
export type WhichMapping = number | 'draft' | 'published' | 'preset';

/** Who changes what, and on which ground. */
export interface Change {
  /** As people know them: an administrator's name. */
  readonly author: string;
  readonly comment?: string | undefined;
  /** The version that the author knows to be in effect; another one in effect is an error. */
  readonly over?: number | undefined;
  /** Attributes of the store beside those in memory: made in this very transaction. */
  readonly made?: readonly CustomerAttribute[] | undefined;
}

/** A change of the draft says the revision that its author saw; 0: there was none. */
export interface DraftChange extends Change {
  readonly revision: number;
}

export interface SavedDraft extends MappingDraft {
  /** What keeps it from being published as it stands. People stop in the middle, so that is no error here. */
  readonly issues: readonly MappingIssue[];
}

/** What came of publishing. */
export interface Publication {
  /** The version that is in effect now. */
  readonly version: number;
  /** False where it says what was in effect anyway; no version is made for that. */
  readonly changed: boolean;
  /** Warnings: the mapping works, though perhaps not as it was meant. */
  readonly issues: readonly MappingIssue[];
}

/** What came of mapping an attribute: a publication, a draft, or both where there was a draft beside. */
export interface Mapped {
  readonly published?: Publication;
  readonly draft?: SavedDraft;
}

/**
 * The mappings of connections: what is in effect, what was, and what is being worked on. What is published takes effect in
 * this process with the commit and in others within five seconds. Of administrators who change the same at once, one
 * succeeds and the others are told.
 */
export interface MappingVersions {
  inEffect(db: Executor, connection: Connection): Promise<MappingInEffect>;
  draft(db: Executor, connection: Connection): Promise<MappingDraft | undefined>;
  /** @throws MappingError `DRAFT_MISSING`, `VERSION_UNKNOWN` */
  get(db: Executor, connection: Connection, which: WhichMapping): Promise<MappingDocument>;
  /** Published versions, newest first, at most `limit` (100) of those before the version `before`. */
  list(
    db: Executor,
    connection: Connection,
    options?: { readonly limit?: number; readonly before?: number },
  ): Promise<MappingVersion[]>;
  /** @throws MappingError `VERSION_UNKNOWN` */
  version(db: Executor, connection: Connection, version: number): Promise<MappingInEffect>;
  /** Everything that is wrong with a document, whatever it is; it never throws. */
  check(db: Executor, document: unknown, made?: readonly CustomerAttribute[]): Promise<readonly MappingIssue[]>;
  /** @throws MappingError `DRAFT_CHANGED`; `MAPPING_INVALID` for what is no mapping document at all */
  saveDraft(
    tx: Transaction,
    connection: Connection,
    document: unknown,
    change: DraftChange,
    now: Date,
  ): Promise<SavedDraft>;
  /** False where there is none. @throws MappingError `DRAFT_CHANGED` where a revision is said and it is another */
  discardDraft(tx: Transaction, connection: Connection, change: { readonly revision?: number }): Promise<boolean>;
  /**
   * Publishes the draft, which is gone then. `over` is the version that it was begun from unless it is said.
   * @throws MappingError `DRAFT_MISSING`, `DRAFT_CHANGED`, `DRAFT_OUTDATED`, `MAPPING_INVALID`, `COMMENT_TOO_LONG`
   */
  publishDraft(
    tx: Transaction,
    connection: Connection,
    change: Change & { readonly revision?: number },
    now: Date,
  ): Promise<Publication>;
  /**
   * Publishes a document as it is; a draft stays, and is outdated by it.
   * @throws MappingError `VERSION_CHANGED`, `MAPPING_INVALID`, `COMMENT_TOO_LONG`
   */
  publish(tx: Transaction, connection: Connection, document: unknown, change: Change, now: Date): Promise<Publication>;
  /**
   * Publishes a copy of an older version; 0 is the preset. What was published once is not refused: rows that mean nothing
   * any more rest.
   * @throws MappingError `VERSION_UNKNOWN`, `VERSION_CHANGED`, `COMMENT_TOO_LONG`
   */
  rollback(tx: Transaction, connection: Connection, to: number, change: Change, now: Date): Promise<Publication>;
  /** Removes versions whose days are over (`attribute_mapping/versions`), in small steps; answers how many went. */
  purge(database: Database, now: Date): Promise<number>;
  /**
   * Maps a source to a customer attribute at the end of the draft, which is begun from what is in effect where there is
   * none. With `publish` the row is added to what is in effect instead, and to the draft as well where there is one, so
   * that publishing that later doesn't take it back. A source that no known schema has is declared.
   * @throws MappingError `VERSION_CHANGED`, `MAPPING_INVALID`, `COMMENT_TOO_LONG`
   */
  mapAttribute(
    tx: Transaction,
    connection: Connection,
    attribute: CustomerAttribute,
    source: string,
    change: Change & { readonly publish: boolean },
    now: Date,
  ): Promise<Mapped>;
}
export const MappingVersions: ServiceToken<MappingVersions> = service<MappingVersions>(
  'attribute-mapping.MappingVersions',
);
