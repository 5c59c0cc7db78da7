/** What was understood from an Authorization header: the token, and in words what was unusual about its shape. */
export interface UnderstoodHeader {
  readonly token: string;
  readonly notes: readonly string[];
}

/** Longer headers carry no token of ours and are not looked at. */
const longestHeader = 512;

const isBlank = (c: string | undefined): boolean => c === ' ' || c === '\t';
const isQuote = (c: string | undefined): boolean => c === '"' || c === "'";
const startsWithBearer = (text: string): boolean =>
  text.length > 6 && text.slice(0, 6).toLowerCase() === 'bearer' && (isBlank(text[6]) || isQuote(text[6]));

/**
 * Reads the shapes that administrators really paste: `Bearer x`, a bare `x`, `Bearer Bearer x`, quotes around the token
 * or around all of it, stray blanks. The token of any other scheme (Basic …) is not looked for.
 * Answers undefined when there is no header, it is too long, or no single word remains.
 */
export function understandAuthorization(header: string | undefined): UnderstoodHeader | undefined {
  if (header === undefined || header.length > longestHeader) return undefined;
  const notes: string[] = [];
  let rest = header.trim();
  let schemes = 0;
  let quoted = false;
  for (;;) {
    if (isQuote(rest[0]) && rest.length > 1 && rest.at(-1) === rest[0]) {
      quoted = true;
      rest = rest.slice(1, -1).trim();
    } else if (startsWithBearer(rest)) {
      schemes++;
      rest = rest.slice(6).trim();
    } else break;
  }
  if (rest === '' || rest.toLowerCase() === 'bearer' || /\s/.test(rest)) return undefined;
  if (schemes === 0) notes.push('The token came without "Bearer"; it was accepted.');
  if (schemes > 1) notes.push('"Bearer" was sent more than once; it was accepted.');
  if (quoted) notes.push('The token came in quotes; it was accepted.');
  const usual = header.length === rest.length + 7 && header[6] === ' ';
  if (header !== header.trim() || (schemes === 1 && !quoted && !usual))
    notes.push('There were stray blanks around the token; it was accepted.');
  return { token: rest, notes };
}
