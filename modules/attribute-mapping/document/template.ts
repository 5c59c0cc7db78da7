/** A template in its parts: literal text, and what stands in braces. */
export type TemplatePart = string | { readonly source: string };

/** Says what is wrong with a template, and where it starts to be. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
}

/**
 * Cuts `Dr. {name.familyName}` into its parts. `{{` and `}}` stand for a brace.
 *
 * @throws TemplateFault for a brace that is never closed, never opened, or holds nothing
 */
export function parseTemplate(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character !== '{' && character !== '}') literal += character;
    else if (text.charAt(at + 1) === character) {
      literal += character;
      at++;
    } else if (character === '}') throw new TemplateFault(`"}" at position ${at + 1} closes nothing`);
    else {
      const end = text.indexOf('}', at);
      if (end < 0) throw new TemplateFault(`"{" at position ${at + 1} is never closed`);
      const source = text.slice(at + 1, end).trim();
      if (source === '') throw new TemplateFault(`nothing stands in the braces at position ${at + 1}`);
      if (literal !== '') parts.push(literal);
      parts.push({ source });
      literal = '';
      at = end;
    }
  }
  if (literal !== '') parts.push(literal);
  return parts;
}
