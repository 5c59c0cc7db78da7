/** No person has more of it, and a signature does not make a document harmless. */
export const claimLimits = {
  /** Attributes of an assertion that are looked at. */
  attributes: 500,
  /** Values of one attribute. */
  values: 1_000,
  /** UTF-16 units of one value; longer ones are left out, never cut. */
  length: 4_096,
  /** Of the identifier: what a key of SCIM holds. */
  identifier: 255,
  /** Names that are told as unmapped, and how much of each. */
  told: 100,
  toldLength: 256,
} as const;

/** Text that every database keeps: no U+0000 and no half of a surrogate pair. */
export const isKeepable = (value: string): boolean => !value.includes('\u0000') && !/\p{Surrogate}/u.test(value);
