/** What one code block of a guide asks for. */
export type Block =
  /** The file becomes this. */
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  /** The file is this already. */
  | { readonly kind: 'holds'; readonly path: string; readonly text: string }
  | { readonly kind: 'run'; readonly commands: readonly TypedCommand[] };

export interface TypedCommand {
  /** What stands behind the prompt. */
  readonly line: string;
  /** What is printed, by lines; `…` alone is any lines, within a line any words. */
  readonly output: readonly string[];
}

/**
 * The blocks of a guide in their order. Before a `ts` block the text ends with its path, ``Write `x`:`` or `` `x` holds:``;
 * a `sh` block is a terminal: prompts, and what they print. Other languages are not walked.
 */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/([^\n]*)\n\n```(ts|sh)\n([\s\S]*?)```/g)].map(
    ([, before = '', language, text = '']) => {
      if (language === 'sh') return { kind: 'run', commands: commandsIn(text) };
      const [, path] = /`([^`]+)`(?: holds)?:$/.exec(before) ?? [];
      if (path === undefined) throw new Error(`The guide does not say which file this is:\n${text}`);
      return { kind: before.endsWith(' holds:') ? 'holds' : 'write', path, text };
    },
  );
}

function commandsIn(text: string): readonly TypedCommand[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((typed) => {
      const [line = '', ...output] = typed.trimEnd().split('\n');
      return { line, output };
    });
}

/** Whether a command printed what the guide shows of it. */
export function shows(output: readonly string[], printed: string): boolean {
  const said = output.map((line) => (line === '…' ? '(?:.*\\n)*?' : `${escaped(line)}[^\\S\\n]*\\n`)).join('');
  return new RegExp(`^(?:\\n)*${said}$`).test(`${printed.trimEnd()}\n`);
}

const escaped = (line: string): string =>
  line
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
