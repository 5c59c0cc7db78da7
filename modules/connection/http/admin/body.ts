import type { Request } from 'express';
import { HttpError } from '../../../framework/index.ts';

/** The members of a JSON body, each read by the word for what it has to be; what nobody asked for is refused. */
export class Body {
  private readonly members: Readonly<Record<string, unknown>>;
  private readonly where: string;

  constructor(value: unknown, where = '') {
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
      throw invalid(where === '' ? 'The body has to be a JSON object.' : `"${where}" has to be an object.`);
    this.members = (value ?? {}) as Readonly<Record<string, unknown>>;
    this.where = where === '' ? '' : `${where}.`;
  }

  static of = (request: Request): Body => new Body(request.body);

  /** @throws HttpError 400 for a member that is none of these */
  only(...names: readonly string[]): this {
    for (const name of Object.keys(this.members))
      if (!names.includes(name))
        throw invalid(
          `"${this.where}${name.slice(0, 60)}" is unknown; there are ${names.map((known) => `"${known}"`).join(', ')}.`,
        );
    return this;
  }

  has = (name: string): boolean => this.members[name] !== undefined;
  value = (name: string): unknown => this.members[name];

  text(name: string): string | undefined {
    return this.typed(name, 'a text', (value) => (typeof value === 'string' ? value : undefined));
  }

  required(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw invalid(`"${this.where}${name}" is missing.`);
    return text;
  }

  flag(name: string): boolean | undefined {
    return this.typed(name, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined));
  }

  number(name: string): number | undefined {
    return this.typed(name, 'a number', (value) => (typeof value === 'number' ? value : undefined));
  }

  texts(name: string): readonly string[] | undefined {
    return this.typed(name, 'a list of texts', (value) =>
      Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined,
    );
  }

  oneOf<T extends string>(name: string, words: readonly T[]): T | undefined {
    return this.typed(name, `one of ${words.join(', ')}`, (value) => words.find((word) => word === value));
  }

  private typed<T>(name: string, what: string, read: (value: unknown) => T | undefined): T | undefined {
    const given = this.members[name];
    if (given === undefined) return undefined;
    const value = read(given);
    if (value === undefined) throw invalid(`"${this.where}${name}" has to be ${what}.`);
    return value;
  }
}

const invalid = (message: string): HttpError => new HttpError(400, 'BODY_INVALID', message);
