import { Argument, type Command as Commander, InvalidArgumentError, Option } from 'commander';
import type { Command, OptionDeclaration } from './command.ts';

type Parse = (text: string, previous: unknown) => unknown;

/** Declares a command's options to commander, and answers a function that collects what was given, by name. */
export function declareOptions(to: Commander, options: Command['options']): () => Record<string, unknown> {
  const named = Object.entries(options);
  const positional = named
    .filter(([, option]) => option.position !== undefined)
    .sort(([, a], [, b]) => (a.position ?? 0) - (b.position ?? 0));
  for (const [name, option] of positional) to.addArgument(argumentFor(name, option));
  const flags = named
    .filter(([, option]) => option.position === undefined)
    .map(([name, option]) => {
      const flag = optionFor(name, option);
      to.addOption(flag);
      return [name, flag.attributeName()] as const;
    });
  return () => {
    const values = to.opts();
    const given = [
      ...positional.map(([name], index) => [name, to.processedArgs[index]] as const),
      ...flags.map(([name, attribute]) => [name, values[attribute]] as const),
    ];
    // commander answers an empty list for a positional that takes the rest and got none
    const said = given.filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
    return Object.fromEntries(said);
  };
}

/** `scopeCode` is `--scope-code` on the command line. */
const flagName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function argumentFor(name: string, option: OptionDeclaration): Argument {
  const dots = option.many ? '...' : '';
  const text = `${flagName(name)}${dots}`;
  const argument = new Argument(option.required ? `<${text}>` : `[${text}]`, option.describe);
  if (option.default !== undefined) argument.default(option.default);
  argument.argParser(parserFor(option));
  // commander's own choices() would replace the parser
  if (option.choices) argument.argChoices = [...option.choices];
  return argument;
}

function optionFor(name: string, option: OptionDeclaration): Option {
  const flag = `--${flagName(name)}`;
  const made = new Option(option.type === 'boolean' ? flag : `${flag} <${option.type}>`, option.describe);
  if (option.default !== undefined) made.default(option.default);
  if (option.required) made.makeOptionMandatory();
  if (option.type !== 'boolean') made.argParser(parserFor(option));
  if (option.choices) made.argChoices = [...option.choices];
  return made;
}

function parserFor(option: OptionDeclaration): Parse {
  return (text, previous) => {
    const value = option.type === 'number' ? numberFrom(text) : text;
    if (option.choices && !option.choices.includes(text)) {
      throw new InvalidArgumentError(`Allowed are ${option.choices.join(', ')}.`);
    }
    return option.many ? [...(Array.isArray(previous) ? previous : []), value] : value;
  };
}

function numberFrom(text: string): number {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number.');
}
