/** Cut to `length`, and without U+0000, which no text column takes: an entry is never refused for what a client sent. */
export function limited(text: string | undefined, length: number): string | undefined {
  if (text === undefined) return undefined;
  const cut = text.length <= length ? text : text.slice(0, length);
  return cut.includes('\0') ? cut.replaceAll('\0', '\ufffd') : cut;
}

/** Clients decide how many names they send and how long: an entry stays small however many they are. */
const mostSentences = 100;
const longestSentence = 500;

/** At most a hundred sentences of at most 500 characters; undefined when there is none. */
export function sentences(given: readonly string[] | undefined): readonly string[] | undefined {
  if (given === undefined || given.length === 0) return undefined;
  const cut = (given.length > mostSentences ? given.slice(0, mostSentences) : given).map((sentence) =>
    String(limited(sentence, longestSentence)),
  );
  return given.length > mostSentences ? [...cut, `… and ${given.length - mostSentences} more`] : cut;
}

/** An id that the database takes: a whole number from 0 to 2³²−1; anything else is left out. */
export const identifier = (id: number | undefined): number | undefined =>
  id !== undefined && Number.isInteger(id) && id >= 0 && id <= 0xffff_ffff ? id : undefined;
