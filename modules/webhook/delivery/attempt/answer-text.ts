/** How much of an answer is kept, in bytes. */
export const keptOfAnswer = 1_024;

/** Everything that is no letter, sign or blank. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/g;

/** The beginning of an answer as text that can be shown and stored; null where it has none. */
export function answerText(body: Buffer): string | null {
  const text = body.subarray(0, keptOfAnswer).toString('utf8').replace(unprintable, '').trim();
  return text === '' ? null : text;
}
