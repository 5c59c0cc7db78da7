/** A character that XML 1.0 lets no document have. */
const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const reference = /&([^;&<]{0,12};)?/g;
const named = new Set(['amp;', 'lt;', 'gt;', 'quot;', 'apos;']);
const numbered = /^#(?:([0-9]{1,7})|x([0-9A-Fa-f]{1,6}));$/;

/** The first character that must not be there, as `U+0000`; undefined: all are fine. */
export function forbiddenCharacter(text: string): string | undefined {
  const found = forbidden.exec(text)?.[0].codePointAt(0);
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * The first reference that is neither one of XML's five names nor a character; undefined: all are fine. Parsers disagree
 * on what others mean.
 */
export function unknownReference(text: string): string | undefined {
  if (!text.includes('&')) return undefined;
  for (const [whole, name = ''] of text.matchAll(reference)) {
    if (named.has(name)) continue;
    const [, decimal, hex] = numbered.exec(name) ?? [];
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : Number.NaN;
    if (!(code <= 0x10ffff) || forbidden.test(String.fromCodePoint(code))) return whole;
  }
  return undefined;
}
