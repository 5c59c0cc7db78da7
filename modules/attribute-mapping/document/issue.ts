export type MappingIssueCode =
  | 'schema'
  | 'row-twice'
  | 'source-unknown'
  | 'source-malformed'
  | 'source-complex'
  | 'source-list'
  | 'source-read-only'
  | 'source-declared-twice'
  | 'source-taken'
  | 'target-unknown'
  | 'target-forbidden'
  | 'target-needs-source'
  | 'addresses-mixed'
  | 'direction-impossible'
  | 'template-malformed'
  | 'value-unfit'
  | 'table-ambiguous'
  | 'default-missing'
  | 'transform'
  | 'expression'
  | 'match-impossible'
  | 'match-twice'
  | 'rules-differ'
  | 'rule-idle'
  | 'nothing-mapped';

/** Something about a mapping document that keeps it, or one of its rows, from working. */
export interface MappingIssue {
  /** The id of the row; missing where the document as a whole is meant. */
  readonly row?: string;
  /** The member that is wrong, below the row or the document: `source`, `transforms/0`, `sources/2/name`. */
  readonly field?: string;
  readonly code: MappingIssueCode;
  /** What is wrong, as a sentence. */
  readonly message: string;
  /** What to do about it, as a sentence. */
  readonly cure: string;
  /** A document with errors can't be published; the row of a warning works, though perhaps not as it was meant. */
  readonly severity: 'error' | 'warning';
}
