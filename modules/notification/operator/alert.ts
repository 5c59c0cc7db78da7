/** Something that those who run the store have to know. */
export interface Alert {
  /**
   * What is wrong, by a name that stays the same while it is, such as `guard:7`: an hour has one mail about it at most.
   * 96 letters at most.
   */
  readonly cause: string;
  /** What is told once, whoever tells it and however often; 128 letters at most. Left out: each time is another one. */
  readonly occasion?: string | undefined;
  /** In a few words; the subject of the mail. */
  readonly title: string;
  readonly message: string;
  readonly facts?: readonly (readonly [label: string, value: string])[] | undefined;
  /** What to do, in a sentence; what is to be typed stands between backticks. */
  readonly cure: string;
  /** The page of the administration that shows more. */
  readonly page?: `/admin/${string}` | undefined;
}

/** An alert as it is kept. */
export type KeptAlert = Omit<Alert, 'cause' | 'occasion'>;
