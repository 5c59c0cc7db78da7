/** Something about a request that somebody should look at, with what to do about it. */
export interface Issue {
  /** `error`: refused. `warning`: done, and something of it was lost. `note`: done, and worth knowing. */
  readonly severity: 'error' | 'warning' | 'note';
  /** The word of the protocol (`uniqueness`, `invalidValue`), the name of a deviation, or one of ours (`attribute-ignored`). */
  readonly code: string;
  readonly message: string;
  readonly cure: string;
}
