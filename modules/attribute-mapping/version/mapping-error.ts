import type { MappingIssue } from '../document/issue.ts';

export type MappingErrorCode =
  /** Somebody else has changed, published or discarded the draft since it was looked at. */
  | 'DRAFT_CHANGED'
  | 'DRAFT_MISSING'
  /** Another version has come into effect since the draft was begun. */
  | 'DRAFT_OUTDATED'
  /** Another version is in effect than the one that was looked at. */
  | 'VERSION_CHANGED'
  | 'VERSION_UNKNOWN'
  | 'MAPPING_INVALID'
  /** A stored document is no document any more: somebody changed the row by hand. */
  | 'MAPPING_UNREADABLE'
  | 'COMMENT_TOO_LONG';

/** Says whose mapping, what is wrong and what to do. `issues` says what is wrong with a document, all at once. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
  readonly code: MappingErrorCode;
  readonly issues: readonly MappingIssue[];
  constructor(code: MappingErrorCode, message: string, issues: readonly MappingIssue[] = []) {
    super(message);
    this.code = code;
    this.issues = issues;
  }
}

/** `Row "phone", transforms/0: what is wrong. The cure.` */
export const issueText = ({ row, field, message, cure }: MappingIssue): string => {
  const place = [row === undefined ? undefined : `row "${row}"`, field].filter((part) => part !== undefined).join(', ');
  return `${place === '' ? '' : `${place[0]?.toUpperCase()}${place.slice(1)}: `}${message} ${cure}`;
};

/** Refuses a document; the message names every issue, so that a file is corrected in one go. */
export function refuseDocument(code: string, issues: readonly MappingIssue[]): MappingError {
  const many = issues.length === 1 ? 'one thing is wrong with it' : `${issues.length} things are wrong with it`;
  const list = issues.map((issue, i) => (issues.length === 1 ? issueText(issue) : `(${i + 1}) ${issueText(issue)}`));
  return new MappingError(
    'MAPPING_INVALID',
    `The mapping can't be used for "${code}"; ${many}, and nothing was changed. ${list.join(' ')}`,
    issues,
  );
}
