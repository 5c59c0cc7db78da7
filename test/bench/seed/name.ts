/** What stands in every text of the first seeded user; each copy has its own number in its place. */
export const firstNumber = '0000000';

/** What the n-th seeded user is called; the first one was made through the API, the others are its copies. */
export const seededName = (index: number): string => `seed-${String(index).padStart(firstNumber.length, '0')}`;
