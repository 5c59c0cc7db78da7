import type { Dependencies, Resolved } from '../module/token.ts';

/** One `--option` (or positional argument) of a command. */
export interface OptionDeclaration {
  readonly type: 'string' | 'number' | 'boolean';
  readonly describe: string;
  readonly required?: boolean;
  readonly default?: string | number | boolean;
  /** Allowed values, shown in the help; anything else is wrong usage. */
  readonly choices?: readonly string[];
  /** Stands without a name at this place, from 0. */
  readonly position?: number;
  /** May be repeated (an option) or takes the rest (a positional). The value is an array. */
  readonly many?: boolean;
}

type ValueOf<O extends OptionDeclaration> = O['type'] extends 'string'
  ? string
  : O['type'] extends 'number'
    ? number
    : boolean;
type Given<O extends OptionDeclaration> = O extends { many: true } ? readonly ValueOf<O>[] : ValueOf<O>;
type Always<O extends OptionDeclaration> = O extends { required: true } | { default: string | number | boolean }
  ? true
  : false;

/** The options of a command as its `run` receives them. */
export type Options<O extends Readonly<Record<string, OptionDeclaration>>> = {
  readonly [K in keyof O as Always<O[K]> extends true ? K : never]: Given<O[K]>;
} & { readonly [K in keyof O as Always<O[K]> extends true ? never : K]?: Given<O[K]> };

/** For what a result can't say: output too long to be held, and how far a long run has come. */
export interface CommandIo {
  /** Writes to stdout at once. Not with `--json`, where stdout holds the result and nothing else. */
  write(text: string): void;
  /** Says something to the person who waits, on stderr. */
  tell(text: string): void;
  /** `--json` was given. */
  readonly json: boolean;
}

export interface Command {
  readonly name: string;
  readonly describe: string;
  readonly options: Readonly<Record<string, OptionDeclaration>>;
  readonly dependencies: Dependencies;
  readonly run: (options: Record<string, unknown>, resolved: Record<string, unknown>, io: CommandIo) => unknown;
  readonly print: (result: unknown, options: Record<string, unknown>) => string | undefined;
  /** Exit code for a result that is not an error, 0 unless said (`setup:db:status` answers 2 for "upgrade needed"). */
  readonly exitCode: (result: unknown) => number;
}

/**
 * Declares a command, named as Magento names them (`connection:create`). `run` answers a plain JSON value: `--json`
 * prints it as it is, otherwise `print` says it to a person. An error it throws becomes one line on stderr and exit 1.
 */
export function command<
  R,
  const O extends Readonly<Record<string, OptionDeclaration>> = Record<never, never>,
  D extends Dependencies = Record<never, never>,
>(
  name: string,
  declaration: {
    describe: string;
    options?: O;
    inject?: D;
    run: (options: Options<O>, resolved: Resolved<D>, io: CommandIo) => Promise<R> | R;
    /** Undefined prints nothing: everything was written already. */
    print: (result: NoInfer<R>, options: Options<O>) => string | undefined;
    exitCode?: (result: NoInfer<R>) => number;
  },
): Command {
  return {
    name,
    describe: declaration.describe,
    options: declaration.options ?? {},
    dependencies: declaration.inject ?? {},
    run: declaration.run as Command['run'],
    print: declaration.print as Command['print'],
    exitCode: (declaration.exitCode ?? (() => 0)) as Command['exitCode'],
  };
}
