type Replaced = string | ((text: string) => string);

/**
 * What could be somebody's, or a secret: taken out of every text of a support bundle, although none should be there. In
 * this order, since an address is part of a URL and a URL may stand in quotes.
 */
const personal: readonly (readonly [RegExp, Replaced])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]+/gi, '<url>'],
  [/[^\s@"'<>(),;:]+@[^\s@"'<>(),;:]+/g, '<mail>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '<ip>'],
  [/\b(?:[0-9a-f]{1,4}:){3,}[0-9a-f:]*\b/gi, '<ip>'],
  [/(["'`])(?:(?!\1).){1,400}\1/g, '<quoted>'],
  // Names of tables and settings are long, too, but have no digits.
  [/[A-Za-z0-9+/_=-]{24,}/g, (long) => (/\d/.test(long) ? '<long>' : long)],
];

function withoutPersons(text: string): string {
  return personal.reduce((left, [pattern, to]) => left.replace(pattern, typeof to === 'string' ? () => to : to), text);
}

/** The same value, every text in it without addresses, quotations and what may be a token. Keys stay. */
export function impersonal(value: unknown): unknown {
  if (typeof value === 'string') return withoutPersons(value);
  if (Array.isArray(value)) return value.map(impersonal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, impersonal(inner)]));
}
