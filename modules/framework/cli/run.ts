import { Command as Commander, CommanderError } from 'commander';
import { Config } from '../config/config.ts';
import type { Environment } from '../environment/environment.ts';
import { createHost } from '../host/create-host.ts';
import type { Host } from '../host/host.ts';
import type { Installation } from '../host/installation.ts';
import { lineOf } from '../host/process.ts';
import { HOST_VERSION } from '../host/version.ts';
import { createLogger } from '../log/logger.ts';
import type { ModuleManifest } from '../module/manifest.ts';
import { declareOptions } from './arguments.ts';
import type { Command } from './command.ts';
import { configCommands } from './config-commands.ts';
import { type CliContext, UsageError } from './context.ts';
import { createCommands } from './create-command.ts';
import { detachCommands } from './detach-command.ts';
import { doctorCommands } from './doctor-command.ts';
import { inspectionCommands } from './inspection-commands.ts';
import { moduleCommands } from './module-commands.ts';
import { outdatedHint } from './outdated-hint.ts';
import { setupCommands } from './setup-commands.ts';
import { wiringCommands } from './wiring-command.ts';

export interface CliInput {
  /** What follows the program's name. */
  readonly argv: readonly string[];
  readonly installation: Installation;
  readonly readEnvironment: (root: string) => Environment;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

const kernelCommands = [
  moduleCommands,
  createCommands,
  setupCommands,
  detachCommands,
  wiringCommands,
  configCommands,
  inspectionCommands,
  doctorCommands,
];

/**
 * Runs one command: the kernel's own or an enabled module's.
 *
 * @returns the exit code: 0 done (or what the command says of its result), 1 failed with one line on stderr, 2 wrong usage
 */
export async function runCli({ argv, installation, readEnvironment, stdout, stderr }: CliInput): Promise<number> {
  const hosts: Host[] = [];
  const modules = loadEnabled(installation);
  const context: CliContext = {
    installation,
    environment: () => readEnvironment(installation.root),
    async boot(only) {
      const environment = this.environment();
      // stdout belongs to the command's result
      const level = environment.logLevel === 'info' ? 'warn' : environment.logLevel;
      const logger = createLogger({ level, json: environment.nodeEnv === 'production', write: stderr });
      const host = await createHost({ modules: await modules, environment, logger, ...(only ? { only } : {}) });
      hosts.push(host);
      return host;
    },
  };
  let exitCode = 0;
  const program = new Commander('vestibule')
    .description('Runs the commands of this installation and its modules.')
    .version(HOST_VERSION)
    .showHelpAfterError('(--help tells more)')
    // The program's own --version stands before a command's name; behind it, a command may have one.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: stdout, writeErr: stderr });

  const run = async (command: Command, options: Record<string, unknown>, json: boolean): Promise<void> => {
    const result = await command.run(options, await resolved(command, context), { write: stdout, tell: stderr, json });
    const text = json ? JSON.stringify(result ?? null) : command.print(result, options)?.replace(/\n$/, '');
    if (text !== undefined) stdout(`${text}\n`);
    exitCode = command.exitCode(result);
  };
  try {
    const own = kernelCommands.flatMap((make) => make(context));
    // A module that cannot be loaded must not take module:disable away.
    const theirs = await modules.then(
      (loaded) => loaded.flatMap((module) => module.commands ?? []),
      (error: unknown) => {
        if (own.some(({ name }) => name === argv[0])) return [];
        throw error;
      },
    );
    for (const command of uniquelyNamed([...own, ...theirs])) addCommand(program, command, run);
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const hint = await outdatedHint(error, hosts.at(-1));
    stderr(`${`${lineOf(error)}${hint}`.replace(/\s*\n\s*/g, ' ')}\n`);
    return error instanceof UsageError ? 2 : 1;
  } finally {
    for (const host of hosts) await host.stop();
  }
  return exitCode;
}

function loadEnabled(installation: Installation): Promise<readonly ModuleManifest[]> {
  const loaded = installation.enabled().then((names) => installation.load(names));
  loaded.catch(() => {}); // told where it is awaited
  return loaded;
}

async function resolved(command: Command, context: CliContext): Promise<Record<string, unknown>> {
  const tokens = Object.values(command.dependencies);
  if (tokens.length === 0) return {};
  const host = await context.boot([...tokens, Config]);
  // What a command reads inside a transaction must have been loaded before. Where it cannot be (the tables are not
  // there yet), the command finds that out itself if it matters.
  await host
    .resolve(Config)
    .prime()
    .catch(() => {});
  return host.resolveAll(command.dependencies);
}

/** Boot reports commands of the same name; until then the first one counts. */
function uniquelyNamed(commands: readonly Command[]): readonly Command[] {
  return [...new Map([...commands].reverse().map((command) => [command.name, command])).values()].reverse();
}

function addCommand(
  program: Commander,
  command: Command,
  run: (command: Command, options: Record<string, unknown>, json: boolean) => Promise<void>,
): void {
  const added = program.command(command.name).description(command.describe);
  const collect = declareOptions(added, command.options);
  added.option('--json', 'print the result as one JSON value and nothing else');
  added.action(() => run(command, collect(), added.opts().json === true));
}
