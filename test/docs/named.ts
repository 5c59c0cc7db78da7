import type { Document } from './markdown.ts';
import { codeLinesOf, codeOf } from './markdown.ts';

/** A command as a document writes it: its name and what follows. */
export interface NamedCommand {
  readonly in: string;
  readonly name: string;
  readonly words: readonly string[];
}

const program = /^(?:[A-Z_]+=\S+ )*(?:npm run -s cli -- |cli |node --disable-proto=delete dist\/cli\.js )(.+)$/;

/** Words as a shell would have them. */
const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '');

/** `families` are what stands before the colon of commands: `connection`, `token`, … */
export function commandsOf(document: Document, families: ReadonlySet<string>): readonly NamedCommand[] {
  const lines = codeLinesOf(document).flatMap((line) => program.exec(line.replace(/^\$ /, ''))?.[1] ?? []);
  const spans = codeOf(document).flatMap((code) => {
    const given = program.exec(code)?.[1];
    if (given !== undefined) return [given];
    const [first = ''] = code.split(' ');
    const [family = '', rest] = first.split(':');
    return rest !== undefined && families.has(family) && /^[a-z0-9-]+(:[a-z0-9-]{2,})+$/.test(first) ? [code] : [];
  });
  return [...lines, ...spans]
    .map((text) => {
      const [name = '', ...words] = wordsOf(text.split(/ [|>] |; /)[0] ?? '');
      return { in: document.path, name, words };
    })
    .filter(({ name }) => /^[a-z]/.test(name));
}

/** The values that an option or argument knows, by its help. */
const choicesIn = (help: string): readonly string[] =>
  [...(/\(choices: ([^)]*)/.exec(help)?.[1] ?? '').matchAll(/"([^"]+)"/g)].map(([, choice = '']) => choice);

/** What is wrong with how a command is written, by its help; undefined: nothing. */
export function fault({ name, words }: NamedCommand, help: string): string | undefined {
  const text = help.replaceAll(/\s+/g, ' ');
  const [, positional = ''] = /Arguments: (.*?) Options:/.exec(text) ?? [];
  const places = choicesIn(positional);
  if (places.length > 0 && words[0] !== undefined && !/^[<[-]/.test(words[0]) && !places.includes(words[0]))
    return `${name} knows no ${words[0]}`;
  for (const [at, word] of words.entries()) {
    const [, flag, equals] = /^\[?(--[a-z0-9-]+)\]?(?:=(.*))?$/.exec(word) ?? [];
    if (flag === undefined) continue;
    const start = text.search(new RegExp(` ${flag} `));
    if (start < 0) return `${name} has no ${flag}`;
    const described = text.slice(
      start,
      text.indexOf(' --', start + 3) < 0 ? undefined : text.indexOf(' --', start + 3),
    );
    const choices = choicesIn(described);
    const value = (equals ?? words[at + 1] ?? '').replace(/\]$/, '');
    if (choices.length > 0 && !/^<|…|^--/.test(value)) {
      const unknown = value.split('|').filter((one) => !choices.includes(one));
      if (unknown.length > 0) return `${name} ${flag} knows no ${unknown.join(', ')}`;
    }
  }
  return undefined;
}
