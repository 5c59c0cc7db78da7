import { BootError } from '../boot/problem.ts';
import type { CliContext } from '../cli/context.ts';
import { Config } from '../config/config.ts';
import { Database, type MigrationStatus, migrationStatus } from '../database/index.ts';
import type { Environment } from '../environment/environment.ts';
import type { Host } from '../host/host.ts';
import { migrationSources } from '../host/migration-sources.ts';
import type { Token } from '../module/token.ts';
import { type Checkup, Checkups, type Finding } from './checkup.ts';
import { surroundings } from './surroundings.ts';

/** A finding, and which checkup found it. */
export interface Diagnosed extends Finding {
  readonly checkup: string;
}

export interface Diagnosis {
  /** Names of what was looked at. */
  readonly looked: readonly string[];
  readonly findings: readonly Diagnosed[];
  /** As far as it came. */
  readonly environment?: Environment;
  readonly host?: Host;
  readonly migrations?: MigrationStatus;
}

/**
 * Looks at everything, from the outside in, as far as it comes: where one step fails, what hangs on it is left out, so
 * that causes are not hidden among their consequences. `also` is made along with the checkups. Changes nothing.
 */
export async function diagnose(context: CliContext, also: readonly Token<unknown>[] = []): Promise<Diagnosis> {
  const looked: string[] = [];
  const findings: Diagnosed[] = [];
  const say = (checkup: string, found: readonly Finding[]): void => {
    looked.push(checkup);
    findings.push(...found.map((finding) => ({ checkup, ...finding })));
  };
  const so = { looked, findings };

  const around = await attempt(async () => {
    const read = context.environment();
    return { environment: read, found: surroundings(read) };
  });
  if (around instanceof Error) {
    say('framework.environment', [fault('Wrong environment', around, 'Correct it in the environment or in .env.')]);
    return so;
  }
  const { environment } = around;
  say('framework.environment', around.found);

  const host = await attempt(() => context.boot([Database, Config, Checkups, ...also]));
  if (host instanceof Error) {
    say('framework.modules', bootFindings(host));
    return { ...so, environment };
  }
  say('framework.modules', []);
  const sources = migrationSources(host.inventory.modules);
  const migrations = await attempt(() => migrationStatus(host.resolve(Database), sources));
  if (migrations instanceof Error) {
    say('framework.migrations', [fault('Tables cannot be looked at', migrations, 'Check DATABASE_URL.')]);
    return { ...so, environment, host };
  }
  const outdated = migrationFindings(migrations);
  say('framework.migrations', outdated);
  if (outdated.length === 0) {
    await attempt(() => host.resolve(Config).prime());
    for (const checkup of host.resolve(Checkups)) say(checkup.name, await findingsOf(checkup));
  }
  return { ...so, environment, host, migrations };
}

export function migrationFindings({ pending, unknown }: MigrationStatus): readonly Finding[] {
  const names = (steps: MigrationStatus['pending']) => steps.map(({ module, name }) => `${module} ${name}`).join(', ');
  if (unknown.length > 0) {
    const found = `The database is newer than this code, which does not know: ${names(unknown)}.`;
    const cure = 'Install the version that made them, or restore the backup from before.';
    return [{ severity: 'error', title: 'Code older than the tables', found, cure }];
  }
  if (pending.length === 0) return [];
  const found = `These have not run: ${names(pending)}.`;
  return [{ severity: 'error', title: 'Tables not up to date', found, cure: 'Run setup:upgrade, then doctor again.' }];
}

function bootFindings(error: Error): readonly Finding[] {
  if (!(error instanceof BootError)) return [fault('The host cannot start', error, 'Remove the cause named here.')];
  return error.problems.map(({ code, module, message, cure }) => ({
    severity: 'error',
    title: `The host cannot start [${code}]`,
    found: `${module}: ${message}`,
    cure: cure || 'Remove the cause named here.',
  }));
}

async function findingsOf(checkup: Checkup): Promise<readonly Finding[]> {
  const found = await attempt(() => checkup.look());
  if (!(found instanceof Error)) return found;
  // Not its message: that may repeat values.
  const said = 'code' in found ? `${found.name} [${found.code}]` : found.name;
  return [
    {
      severity: 'error',
      title: 'Could not be looked at',
      found: `${checkup.name} failed: ${said}`,
      cure: 'Mend what else is wrong and run doctor again; if it stays, report it with doctor --bundle.',
    },
  ];
}

const fault = (title: string, error: Error, cure: string): Finding => ({
  severity: 'error',
  title,
  found: error.message,
  cure,
});

/** What `work` answers, or what it threw: each step of a diagnosis goes on from either. */
async function attempt<T>(work: () => Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
