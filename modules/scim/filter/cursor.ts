import { quoted } from '../error.ts';
import { invalidFilter } from '../refusal.ts';
import { isText } from '../resource/resource.ts';

/** A literal as it stood in the text: what kind it was matters, because types are checked against the schema later. */
export type Literal =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly number: number }
  | { readonly kind: 'boolean'; readonly text: string; readonly boolean: boolean }
  | { readonly kind: 'null'; readonly text: string }
  /** An unquoted word, as Entra's documentation shows once; only `compat` takes it for a string. */
  | { readonly kind: 'word'; readonly text: string };

/** Reads a filter or path from left to right, each character once or twice. Positions in errors count from 1. */
export class Cursor {
  readonly text: string;
  readonly refuse: (detail: string) => Error;
  position = 0;

  constructor(text: string, refuse: (detail: string) => Error = invalidFilter) {
    this.text = text;
    this.refuse = refuse;
  }

  /** An error that says where. */
  fault(what: string, position = this.position): Error {
    return this.refuse(`${what} at position ${position + 1} of ${quoted(this.text)}.`);
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  skipBlanks(): void {
    while (isBlank(this.text.charCodeAt(this.position))) this.position++;
  }

  /** Takes `character` if it comes next. */
  take(character: string): boolean {
    if (this.text[this.position] !== character) return false;
    this.position++;
    return true;
  }

  expect(character: string): void {
    if (!this.take(character)) throw this.fault(`expected "${character}"`);
  }

  /** An attribute name with its URN and dots, or an operator; empty where none stands. */
  name(): string {
    const start = this.position;
    while (isNameUnit(this.text.charCodeAt(this.position))) this.position++;
    return this.text.slice(start, this.position);
  }

  /** Takes the keyword, given in lower case, and the blanks after it, if it comes next in any case. */
  takeWord(word: string): boolean {
    const end = this.position + word.length;
    if (this.text.slice(this.position, end).toLowerCase() !== word) return false;
    if (isNameUnit(this.text.charCodeAt(end))) return false;
    this.position = end;
    this.skipBlanks();
    return true;
  }

  literal(): Literal {
    if (this.text[this.position] === '"') return { kind: 'string', text: this.string() };
    const start = this.position;
    while (isWordUnit(this.text.charCodeAt(this.position))) this.position++;
    const text = this.text.slice(start, this.position);
    if (text === '') throw this.fault('expected a value');
    const lower = text.toLowerCase();
    if (lower === 'true' || lower === 'false') return { kind: 'boolean', text, boolean: lower === 'true' };
    if (lower === 'null') return { kind: 'null', text };
    const number = jsonNumber(text);
    return number === undefined ? { kind: 'word', text } : { kind: 'number', text, number };
  }

  private string(): string {
    const start = this.position;
    this.position++;
    for (;;) {
      const unit = this.text.charCodeAt(this.position);
      if (Number.isNaN(unit)) throw this.fault('unclosed string', start);
      this.position += unit === BACKSLASH ? 2 : 1;
      if (unit === QUOTE) break;
    }
    const text = this.parseString(start);
    if (!isText(text)) throw this.fault('a character that no value has (U+0000 or half a surrogate pair)', start);
    return text;
  }

  private parseString(start: number): string {
    try {
      return JSON.parse(this.text.slice(start, this.position)) as string;
    } catch {
      throw this.fault('malformed string (JSON rules apply)', start);
    }
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const isBlank = (unit: number): boolean => unit === 0x20 || unit === 0x09;

const isLetterOrDigit = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

/** Letters, digits and `$ - . / : _`: names, and URIs of schemas. */
const isNameUnit = (unit: number): boolean =>
  isLetterOrDigit(unit) ||
  unit === 0x24 ||
  unit === 0x2d ||
  unit === 0x2e ||
  unit === 0x2f ||
  unit === 0x3a ||
  unit === 0x5f;

/** What an unquoted value may hold: a name's characters, `+`, `@`, and anything beyond ASCII. Never a quote or bracket. */
const isWordUnit = (unit: number): boolean => isNameUnit(unit) || unit === 0x2b || unit === 0x40 || unit > 0x7f;

function jsonNumber(text: string): number | undefined {
  const first = text.charCodeAt(0);
  if (first !== 0x2d && !(first >= 0x30 && first <= 0x39)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
    return value === 0 ? 0 : value; // never -0, which prints as 0
  } catch {
    return undefined;
  }
}
