/** An attribute without a value is left out. */
export type XmlAttributes = Readonly<Record<string, string | undefined>>;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** What XML 1.0 can't hold is left out: no name of a person has it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text as it stands in an element or an attribute. */
export const xmlText = (text: string): string =>
  text.replace(unfit, '').replace(/[&<>"'\t\n\r]/g, (c) => escapes[c] ?? c);

/** `<name attributes>content</name>`; `content` is XML already. */
export function element(name: string, attributes: XmlAttributes, ...content: readonly (string | undefined)[]): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : ` ${key}="${xmlText(value)}"`))
    .join('');
  const inner = content.filter((part) => part !== undefined).join('');
  return inner === '' ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`;
}
