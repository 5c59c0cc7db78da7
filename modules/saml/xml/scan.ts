import { SamlError, type SamlErrorCode } from '../error.ts';
import type { XmlLimits } from './limits.ts';
import { forbiddenCharacter, unknownReference } from './references.ts';

const declaration =
  /^<\?xml\s+version\s*=\s*["']1\.0["'](?:\s+encoding\s*=\s*["']([\w.-]{1,40})["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*\?>/;
const qualified = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const startTag = new RegExp(`<(${qualified})`, 'y');
const attribute = new RegExp(`\\s+(${qualified})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
const tagEnd = /\s*(\/?)>/y;
const endTag = new RegExp(`</(${qualified})\\s*>`, 'y');
const identifier = /^[\p{L}\p{N}_.:-]{1,256}$/u;
const maxAttributes = 64;

const refuse = (what: string, point = 1, code: SamlErrorCode = 'SAML_MESSAGE_INVALID'): SamlError =>
  new SamlError(code, `The XML ${what}.`, { point });

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function checkText(text: string, inside: boolean): void {
  if (!inside && text.trim() !== '') throw refuse('has text outside its root');
  if (text.includes(']]>')) throw refuse('has "]]>" in its text');
  const unknown = unknownReference(text);
  if (unknown !== undefined) throw refuse(`refers to ${JSON.stringify(unknown)}, which is no entity of XML`);
}

/** Reads one start tag. @returns where it ends and whether the element is empty */
function scanStartTag(text: string, at: number, name: string, ids: Set<string>): { end: number; empty: boolean } {
  const names = new Set<string>();
  for (;;) {
    const found = match(attribute, text, at);
    if (!found) break;
    const [whole, key = '', double, single] = found;
    const value = double ?? single ?? '';
    if (names.has(key)) throw refuse(`has <${name}> with two attributes ${key}`);
    if (names.size === maxAttributes) throw refuse(`has <${name}> with more than ${maxAttributes} attributes`);
    names.add(key);
    checkText(value, true);
    // Signature libraries find elements by ID, Id and id, with any prefix.
    if (/(?:^|:)id$/i.test(key)) {
      if (!identifier.test(value))
        throw refuse(`has <${name}> with an ${key} that is no identifier`, 2, 'SAML_STRUCTURE');
      if (ids.has(value)) throw refuse(`has two elements with the ID ${JSON.stringify(value)}`, 2, 'SAML_STRUCTURE');
      ids.add(value);
    }
    at += whole.length;
  }
  const end = match(tagEnd, text, at);
  if (!end) throw refuse(`has <${name}> with something that is no attribute`);
  return { end: at + end[0].length, empty: end[1] === '/' };
}

function skipComment(text: string, at: number, { comments }: XmlLimits): number {
  if (!text.startsWith('<!--', at)) throw refuse('has a document type, an entity or a CDATA section');
  if (comments === 'refuse') throw refuse('has a comment');
  const end = text.indexOf('--', at + 4);
  if (end < 0 || text[end + 2] !== '>') throw refuse('has a comment without a proper end');
  return end + 3;
}

/**
 * Walks over the raw text of a document before any parser sees it, in time linear in its length, and holds it to what
 * parsers read alike: well-formed, UTF-8, no document type, entities, processing instructions or CDATA, not too deep.
 *
 * @param text with line ends as XML 1.0 §2.11 wants them
 * @returns the values of all ID, Id and id attributes
 * @throws SamlError `SAML_MESSAGE_INVALID` (point 1), `SAML_STRUCTURE` for two equal IDs (point 2)
 */
export function scanXml(text: string, limits: XmlLimits): ReadonlySet<string> {
  const character = forbiddenCharacter(text);
  if (character) throw refuse(`has the character ${character}`);
  const ids = new Set<string>();
  const open: string[] = [];
  let elements = 0;
  let at = 0;
  const head = declaration.exec(text);
  if (head) {
    if (head[1] && head[1].toLowerCase() !== 'utf-8') throw refuse(`says that it is ${head[1]}; it has to be UTF-8`);
    at = head[0].length;
  }
  for (;;) {
    const next = text.indexOf('<', at);
    checkText(next < 0 ? text.slice(at) : text.slice(at, next), open.length > 0);
    if (next < 0) break;
    const after = text[next + 1];
    if (after === '?') throw refuse('has a processing instruction');
    if (after === '!') at = skipComment(text, next, limits);
    else if (after === '/') {
      const [whole = '', name] = match(endTag, text, next) ?? [];
      const expected = open.pop();
      if (whole === '' || name !== expected) throw refuse(`has an end tag where </${expected ?? ''}> is expected`);
      at = next + whole.length;
    } else {
      const [whole = '', name = ''] = match(startTag, text, next) ?? [];
      if (whole === '') throw refuse('has a "<" that begins no element');
      if (open.length === 0 && elements > 0) throw refuse('has two roots');
      if (++elements > limits.maxElements) throw refuse(`has more than ${limits.maxElements} elements`);
      if (open.length >= limits.maxDepth) throw refuse(`is deeper than ${limits.maxDepth} elements`);
      const { end, empty } = scanStartTag(text, next + whole.length, name, ids);
      if (!empty) open.push(name);
      at = end;
    }
  }
  if (open.length > 0) throw refuse(`ends inside <${open.at(-1)}>`);
  if (elements === 0) throw refuse('has no element');
  return ids;
}
