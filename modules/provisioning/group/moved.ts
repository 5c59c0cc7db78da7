/** What a record says of the customers whose customer group a request has changed. */
export const movedNote = (moved: number): string =>
  moved === 1
    ? '1 customer was moved to another customer group.'
    : `${moved} customers were moved to another customer group.`;
